// A file system that goes wrong at one chosen operation.
#pragma once

#include <functional>
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
  FaultFs(int at, How how, bool dies, Fs& base = system_fs())
      : at_(at), how_(how), dies_(dies), base_(&base) {}

  // Called with each operation and its path, before it; and, of the one that goes wrong, after what
  // is to happen of it has happened. Writes pass their bytes.
  using Watch = std::function<void(std::string_view operation, const std::filesystem::path& path,
                                   std::string_view bytes)>;
  void watch(Watch before, Watch at_fault) {
    before_ = std::move(before);
    at_fault_ = std::move(at_fault);
  }

  int operations() const { return count_; }
  bool tripped() const { return count_ > at_; }

  Result<std::unique_ptr<File>> create(const std::filesystem::path& path) override {
    AFFIANT_CHECK(run("create", path, [&]() -> Status { return opened(base_->create(path)); }));
    return std::make_unique<FaultFile>(std::move(open_), path, *this);
  }
  Result<std::unique_ptr<File>> append(const std::filesystem::path& path) override {
    if (dies_ && tripped()) return no_space();
    AFFIANT_TRY(auto file, base_->append(path));  // Changes nothing: not counted.
    return std::make_unique<FaultFile>(std::move(file), path, *this);
  }
  Status truncate(const std::filesystem::path& path, std::uint64_t size) override {
    return run("truncate", path, [&] { return base_->truncate(path, size); });
  }
  Status overwrite(const std::filesystem::path& path, std::string_view bytes) override {
    return run(
        "overwrite", path, [&] { return base_->overwrite(path, bytes); },
        [&] { (void)base_->overwrite(path, bytes.substr(0, bytes.size() / 2)); });
  }
  Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return run("rename", to, [&] { return base_->rename(from, to); });
  }
  Status link(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return run("link", to, [&] { return base_->link(from, to); });
  }
  Status remove(const std::filesystem::path& path) override {
    return run("remove", path, [&] { return base_->remove(path); });
  }
  Status make_dir(const std::filesystem::path& path) override {
    return run("make_dir", path, [&] { return base_->make_dir(path); });
  }
  Status sync_dir(const std::filesystem::path& path) override {
    return run("sync_dir", path, [&] { return base_->sync_dir(path); });
  }
  Result<std::unique_ptr<Lock>> lock_dir(const std::filesystem::path& path) override {
    return base_->lock_dir(path);
  }

 private:
  class FaultFile final : public File {
   public:
    FaultFile(std::unique_ptr<File> file, std::filesystem::path path, FaultFs& owner)
        : file_(std::move(file)), path_(std::move(path)), owner_(&owner) {}
    Status write(std::string_view bytes) override {
      return owner_->run(
          "write", path_, [&] { return file_->write(bytes); },
          [&] { (void)file_->write(bytes.substr(0, bytes.size() / 2)); }, bytes);
    }
    Status sync() override {
      return owner_->run("sync", path_, [&] { return file_->sync(); });
    }

   private:
    std::unique_ptr<File> file_;
    std::filesystem::path path_;
    FaultFs* owner_;
  };

  static tl::unexpected<Error> no_space() {
    return fail(Code::kNoSpace, "injected: no space left on device");
  }
  Status opened(Result<std::unique_ptr<File>> file) {
    if (!file) return tl::unexpected<Error>(file.error());
    open_ = std::move(*file);
    return {};
  }
  template <typename Do, typename Half>
  Status run(std::string_view name, const std::filesystem::path& path, Do&& operation, Half&& half,
             std::string_view bytes = {}) {
    const int n = count_++;
    if (n <= at_ && before_) before_(name, path, bytes);
    if (n == at_ && how_ == How::kHappensAndFails) (void)operation();
    if (n == at_ && how_ == How::kHalfHappens) half();
    if (n == at_ && at_fault_) at_fault_(name, path, bytes);
    if (n == at_ || (dies_ && n > at_)) return no_space();
    return operation();
  }
  template <typename Do>
  Status run(std::string_view name, const std::filesystem::path& path, Do&& operation) {
    return run(name, path, operation, [] {});
  }

  int at_;
  How how_;
  bool dies_;
  Fs* base_;
  Watch before_;
  Watch at_fault_;
  std::unique_ptr<File> open_;  // Of create(), on its way out.
  int count_ = 0;
};

}  // namespace affiant::evidence::test
