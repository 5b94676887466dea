#include "cli/cases.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <fstream>
#include <set>
#include <system_error>

#include "base/bytes.h"
#include "base/limits.h"
#include "cli/case_set.h"
#include "cli/paths.h"
#include "evidence/case_files.h"
#include "evidence/entry.h"
#include "evidence/manifest.h"
#include "json/json.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

// What a case is made of (docs/log-format.md): the names directly in its folder.
constexpr std::array<std::string_view, 12> kCaseNames = {
    "delegation.note", "checkpoint", "checkpoints", "seg",  "tile",     "disclosures.jsonl",
    "exhibits",        "anchors",    "torn",        "keys", "case.key", "erase"};

std::string first_line(const fs::path& file, std::size_t max_bytes) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  for (char c = 0; line.size() < max_bytes && in.get(c) && c != '\n';) line.push_back(c);
  return line;
}

// Second line of a C2SP checkpoint: the size of the tree.
bool read_size(const fs::path& dir, std::uint64_t* size) {
  std::ifstream in(dir / "checkpoint", std::ios::binary);
  std::string origin, number;
  if (!std::getline(in, origin) || !std::getline(in, number)) return false;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), *size);
  return error == std::errc() && end == number.data() + number.size();
}

bool read_genesis(const fs::path& dir, CaseInfo* info) {
  const std::string line = first_line(dir / "seg" / "00000.jsonl", limits::kEntryBytes);
  const auto entry = evidence::parse_entry(line);
  if (!entry || entry->head.kind != "log.genesis") return false;
  info->started_ms = entry->head.time_ms;
  const auto body = json::parse(entry->body, "log.genesis");
  if (!body || !body->is_object()) return false;
  if (const auto site = body->find("site"); site != body->end() && site->is_string())
    info->site = site->get<std::string>();
  return true;
}

std::uint64_t bytes_under(const fs::path& dir) {
  std::uint64_t total = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(dir, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored) && !it->is_symlink(ignored)) total += it->file_size(ignored);
  }
  return total;
}

Status overwrite(const fs::path& file) {
  const int fd = open(file.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return fail(Code::kIo, "cannot overwrite {} before removing it: {}", file.string(),
                std::strerror(errno));
  off_t left = lseek(fd, 0, SEEK_END);
  lseek(fd, 0, SEEK_SET);
  static constexpr std::array<char, 65'536> kZeros = {};
  bool good = true;
  while (left > 0 && good) {
    const ssize_t done =
        write(fd, kZeros.data(), std::min(kZeros.size(), static_cast<std::size_t>(left)));
    good = done > 0;
    left -= done;
  }
  good = good && fdatasync(fd) == 0;
  const int why = errno;
  close(fd);
  if (!good)
    return fail(Code::kIo, "cannot overwrite {} before removing it: {}", file.string(),
                std::strerror(why));
  return {};
}

// An id, a unique beginning of one, "last", or a folder here. No paths.
Result<fs::path> find_by_name(std::string_view name) {
  std::error_code ignored;
  AFFIANT_TRY(const fs::path root, cases_dir());
  if (name == "last") {
    AFFIANT_TRY(const std::vector<CaseInfo> all, list_cases());
    if (!all.empty()) return all.back().set.empty() ? all.back().dir : all.back().dir.parent_path();
    return fail(Code::kNotFound,
                "there is no last case: none under {}. `affiant audit URL` makes one; one made "
                "with --case is named by its path",
                root.string());
  }
  if (fs::is_directory(root / name, ignored)) return root / name;
  std::vector<std::string> matches;
  std::error_code error;
  for (fs::directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    const std::string id = it->path().filename().string();
    if (id.starts_with(name)) matches.push_back(id);
  }
  if (matches.size() == 1) return root / matches.front();
  if (matches.size() > 1) {
    std::sort(matches.begin(), matches.end());
    return fail(Code::kUsage,
                "{} begins the ids of {} cases, {} and {} among them: give more of it", name,
                matches.size(), matches.front(), matches.back());
  }
  if (fs::exists(fs::path(name), ignored)) return fs::path(name);
  return fail(Code::kNotFound, "no case named {} under {}. `affiant cases` lists them", name,
              root.string());
}

}  // namespace

void set_writable(const fs::path& dir, bool writable) {
  const auto write = fs::perms::owner_write;
  const auto how = writable ? fs::perm_options::add : fs::perm_options::remove;
  std::error_code ignored;
  if (writable) fs::permissions(dir, write, how, ignored);
  for (fs::recursive_directory_iterator it(dir, ignored), end; !ignored && it != end;
       it.increment(ignored)) {
    std::error_code own;
    if (!it->is_symlink(own)) fs::permissions(it->path(), write, how, own);
  }
  if (!writable) fs::permissions(dir, write, how, ignored);
}

CaseInfo case_info(const fs::path& dir) {
  CaseInfo info;
  info.id = dir.filename().string();
  info.dir = dir;
  info.bytes = bytes_under(dir);
  std::error_code ignored;
  info.sealed = !fs::exists(dir / "case.key", ignored);
  info.imported = fs::exists(dir / evidence::kManifestFile, ignored);
  const bool sized = read_size(dir, &info.entries);
  info.readable = read_genesis(dir, &info) && sized;
  return info;
}

bool is_case(const fs::path& dir) {
  std::error_code error;
  return fs::exists(dir / "checkpoint", error) || fs::exists(dir / "seg", error) ||
         fs::exists(dir / "delegation.note", error);
}

Result<std::vector<CaseInfo>> list_cases() {
  AFFIANT_TRY(const fs::path root, cases_dir());
  std::vector<CaseInfo> found;
  std::error_code error;
  if (!fs::exists(root, error)) return found;
  fs::directory_iterator it(root, error);
  for (const fs::directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (!it->is_directory(ignored) || it->path().filename().string().starts_with('.')) continue;
    if (is_case(it->path())) found.push_back(case_info(it->path()));
    for (const SetMember& member : set_members(it->path())) {
      CaseInfo info = case_info(member.dir);
      info.set = it->path().filename().string();
      info.id = info.set + "/" + member.engine;
      found.push_back(std::move(info));
    }
  }
  if (error) return fail(Code::kIo, "cannot list {}: {}", root.string(), error.message());
  std::sort(found.begin(), found.end(), [](const CaseInfo& a, const CaseInfo& b) {
    return std::tie(a.started_ms, a.id) < std::tie(b.started_ms, b.id);
  });
  return found;
}

Result<fs::path> find_case(std::string_view name) {
  if (name.empty())
    return fail(Code::kUsage, "a case has no empty name. `affiant cases` lists them");
  std::error_code ignored;
  if (name == "." || name == "..") return fs::path(name);
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return find_by_name(name);
  if (fs::exists(fs::path(name), ignored)) return fs::path(name);
  // "<set>/<engine>", wherever one is.
  const auto& engines = set_engines();
  const std::string_view set = name.substr(0, slash);
  if (!set.empty() && set != "." && set != ".." &&
      std::find(engines.begin(), engines.end(), name.substr(slash + 1)) != engines.end()) {
    AFFIANT_TRY(const fs::path dir, find_by_name(set));
    const fs::path member = dir / name.substr(slash + 1);
    if (fs::exists(member, ignored)) return member;
  }
  return fail(Code::kNotFound, "no case at {}: there is no such file or folder", name);
}

std::string new_case_id(std::int64_t now_ms, std::string_view site) {
  const std::time_t seconds = now_ms / 1000;
  std::string safe;
  for (const char c : site.substr(0, 100))
    safe.push_back((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ? c
                                                                                            : '_');
  return fmt::format("{:%Y%m%d-%H%M%S}-{:03}-{}", fmt::gmtime(seconds), now_ms % 1000, safe);
}

Status check_erasable(const fs::path& dir) {
  std::error_code error;
  if (!fs::is_directory(dir, error) || !is_case(dir))
    return fail(Code::kUsage, "{} is not a case: nothing is removed", dir.string());
  const std::set<std::string_view> known(kCaseNames.begin(), kCaseNames.end());
  for (fs::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    // Left by a write that was cut short.
    if (name.ends_with(".tmp")) name.resize(name.size() - 4);
    const bool of_bundle = name == "proofs" || evidence::is_bundle_only_file(name);
    if (!known.contains(name) && !of_bundle)
      return fail(Code::kUsage,
                  "{} holds {}, which is no part of a case: nothing is removed. Move it away first",
                  dir.string(), name);
  }
  if (error) return fail(Code::kIo, "cannot read {}: {}", dir.string(), error.message());
  return {};
}

Status erase_case(const fs::path& dir) {
  AFFIANT_CHECK(check_erasable(dir));
  std::error_code error;
  set_writable(dir, true);
  for (fs::recursive_directory_iterator it(dir, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored) && !it->is_symlink(ignored))
      AFFIANT_CHECK(overwrite(it->path()));
  }
  if (!error) fs::remove_all(dir, error);
  if (error)
    return fail(Code::kIo, "cannot remove all of {}: {}. Run the command again", dir.string(),
                error.message());
  return {};
}

}  // namespace affiant::cli
