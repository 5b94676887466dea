// A file system whose machine loses power: what was not synced is gone, or worse.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "support.h"

namespace affiant::evidence::test {

// Does everything at once and remembers how to undo what nothing has made durable yet: bytes until
// their file is synced; names made, replaced and removed until their directory is. Contents and
// names are lost apart from each other, as POSIX allows.
class PowerFs final : public Fs {
 public:
  enum class Lost {
    kAll,    // Bytes that were not synced are cut off.
    kZeros,  // The file keeps its length, the bytes are zeros.
    kFirst   // Of the bytes not synced the first half are zeros, the second half came through.
  };

  // The cut. All files must be closed.
  void cut(Lost lost) {
    for (const auto& [path, file] : files_) lose(path, file, lost);
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
      std::error_code ignored;
      if (undo->before)
        spit(undo->path, *undo->before);
      else
        fs::remove(undo->path, ignored);
    }
    files_.clear();
    undo_.clear();
  }

  Result<std::unique_ptr<File>> create(const fs::path& path) override {
    remember(path);
    AFFIANT_TRY(auto file, system_fs().create(path));
    files_[path] = {};
    return std::make_unique<PowerFile>(std::move(file), path, *this);
  }
  Result<std::unique_ptr<File>> append(const fs::path& path) override {
    AFFIANT_TRY(auto file, system_fs().append(path));
    std::error_code ignored;
    files_.try_emplace(path, Size{fs::file_size(path, ignored)});
    return std::make_unique<PowerFile>(std::move(file), path, *this);
  }
  Status truncate(const fs::path& path, std::uint64_t size) override {
    files_[path] = {size};
    return system_fs().truncate(path, size);
  }
  Status overwrite(const fs::path& path, std::string_view bytes) override {
    return system_fs().overwrite(path, bytes);
  }
  Status rename(const fs::path& from, const fs::path& to) override {
    remember(to);
    std::erase_if(undo_, [&](const Undo& undo) { return undo.path == from; });
    const auto moved = files_.extract(from);
    files_.erase(to);
    if (!moved.empty()) files_[to] = moved.mapped();
    return system_fs().rename(from, to);
  }
  Status link(const fs::path& from, const fs::path& to) override {
    remember(to);
    return system_fs().link(from, to);
  }
  Status remove(const fs::path& path) override {
    if (fs::exists(path)) remember(path);
    files_.erase(path);
    return system_fs().remove(path);
  }
  Status make_dir(const fs::path& path) override { return system_fs().make_dir(path); }
  Status sync_dir(const fs::path& path) override {
    std::erase_if(undo_, [&](const Undo& undo) { return undo.path.parent_path() == path; });
    return system_fs().sync_dir(path);
  }
  Result<std::unique_ptr<Lock>> lock_dir(const fs::path& path) override {
    return system_fs().lock_dir(path);
  }

 private:
  struct Size {
    std::uint64_t synced = 0;
  };
  struct Undo {
    fs::path path;
    std::optional<std::string> before;
  };
  class PowerFile final : public File {
   public:
    PowerFile(std::unique_ptr<File> file, fs::path path, PowerFs& owner)
        : file_(std::move(file)), path_(std::move(path)), owner_(&owner) {}
    Status write(std::string_view bytes) override { return file_->write(bytes); }
    Status sync() override {
      std::error_code ignored;
      owner_->files_[path_].synced = fs::file_size(path_, ignored);
      return {};
    }

   private:
    std::unique_ptr<File> file_;
    fs::path path_;
    PowerFs* owner_;
  };

  void remember(const fs::path& path) {
    undo_.push_back({path, fs::exists(path) ? std::optional(slurp(path)) : std::nullopt});
  }
  static void lose(const fs::path& path, const Size& file, Lost lost) {
    std::string bytes = slurp(path);
    if (bytes.size() <= file.synced) return;
    const std::size_t from = file.synced;
    if (lost == Lost::kAll) bytes.resize(from);
    const std::size_t share = lost == Lost::kFirst ? 2 : 1;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), (bytes.size() - from) / share,
                '\0');
    spit(path, bytes);
  }

  std::map<fs::path, Size> files_;
  std::vector<Undo> undo_;
};

}  // namespace affiant::evidence::test
