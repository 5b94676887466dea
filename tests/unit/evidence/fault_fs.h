// A file system that goes wrong at one chosen operation.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/fs.h"

namespace affiant::evidence::test {

class FaultFs final : public Fs {
 public:
  enum class How {
    kFails,           // Nothing happens, an error is returned.
    kHalfHappens,     // Of a write, the first half; other operations do not happen.
    kHappensAndFails  // It is done, and an error is returned.
  };
  // Operation number `at` (from 0) goes wrong. With `dies`, so does everything after it (without
  // happening): the process was killed. Otherwise only that one.
  FaultFs(int at, How how, bool dies) : at_(at), how_(how), dies_(dies) {}

  int operations() const { return count_; }
  bool tripped() const { return count_ > at_; }

  Result<std::unique_ptr<File>> create(const std::filesystem::path& path) override {
    return open_file([&] { return system_fs().create(path); });
  }
  Result<std::unique_ptr<File>> append(const std::filesystem::path& path) override {
    if (dies_ && tripped()) return no_space();
    AFFIANT_TRY(auto file, system_fs().append(path));  // Changes nothing: not counted.
    return std::make_unique<FaultFile>(std::move(file), *this);
  }
  Status truncate(const std::filesystem::path& path, std::uint64_t size) override {
    return run([&] { return system_fs().truncate(path, size); });
  }
  Status overwrite(const std::filesystem::path& path, std::string_view bytes) override {
    return run([&] { return system_fs().overwrite(path, bytes); },
               [&] { (void)system_fs().overwrite(path, bytes.substr(0, bytes.size() / 2)); });
  }
  Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return run([&] { return system_fs().rename(from, to); });
  }
  Status link(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return run([&] { return system_fs().link(from, to); });
  }
  Status remove(const std::filesystem::path& path) override {
    return run([&] { return system_fs().remove(path); });
  }
  Status make_dir(const std::filesystem::path& path) override {
    return run([&] { return system_fs().make_dir(path); });
  }
  Status sync_dir(const std::filesystem::path& path) override {
    return run([&] { return system_fs().sync_dir(path); });
  }
  Result<std::unique_ptr<Lock>> lock_dir(const std::filesystem::path& path) override {
    return system_fs().lock_dir(path);
  }

 private:
  class FaultFile final : public File {
   public:
    FaultFile(std::unique_ptr<File> file, FaultFs& owner)
        : file_(std::move(file)), owner_(&owner) {}
    Status write(std::string_view bytes) override {
      return owner_->run([&] { return file_->write(bytes); },
                         [&] { (void)file_->write(bytes.substr(0, bytes.size() / 2)); });
    }
    Status sync() override {
      return owner_->run([&] { return file_->sync(); });
    }

   private:
    std::unique_ptr<File> file_;
    FaultFs* owner_;
  };

  static tl::unexpected<Error> no_space() {
    return fail(Code::kNoSpace, "injected: no space left on device");
  }
  template <typename Open>
  Result<std::unique_ptr<File>> open_file(Open&& open) {
    const int n = count_++;
    if (n == at_ && how_ == How::kHappensAndFails) (void)open();
    if (n == at_ || (dies_ && n > at_)) return no_space();
    AFFIANT_TRY(auto file, open());
    return std::make_unique<FaultFile>(std::move(file), *this);
  }
  template <typename Do, typename Half>
  Status run(Do&& operation, Half&& half) {
    const int n = count_++;
    if (n == at_ && how_ == How::kHappensAndFails) (void)operation();
    if (n == at_ && how_ == How::kHalfHappens) half();
    if (n == at_ || (dies_ && n > at_)) return no_space();
    return operation();
  }
  template <typename Do>
  Status run(Do&& operation) {
    return run(operation, [] {});
  }

  int at_;
  How how_;
  bool dies_;
  int count_ = 0;
};

}  // namespace affiant::evidence::test
