#include "cli/case_set.h"

#include <algorithm>

#include "browser/browser.h"
#include "cli/cases.h"
#include "cli/paths.h"

namespace affiant::cli {
namespace fs = std::filesystem;

const std::vector<std::string>& set_engines() {
  static const std::vector<std::string> engines = {
      std::string(browser::kind_name(browser::Kind::kChromium)),
      std::string(browser::kind_name(browser::Kind::kFirefox))};
  return engines;
}

std::vector<SetMember> set_members(const fs::path& dir) {
  std::vector<SetMember> members;
  if (is_case(dir)) return members;
  for (const std::string& engine : set_engines()) {
    std::error_code ignored;
    const fs::path member = dir / engine;
    // A link could lead out of the set, to a case that was not meant when the set was named.
    if (fs::is_directory(fs::symlink_status(member, ignored)) && is_case(member))
      members.push_back({engine, member});
  }
  return members;
}

std::vector<std::string> missing_engines(const std::vector<SetMember>& members) {
  std::vector<std::string> missing;
  for (const std::string& engine : set_engines())
    if (std::none_of(members.begin(), members.end(),
                     [&](const SetMember& m) { return m.engine == engine; }))
      missing.push_back(engine);
  return missing;
}

std::string case_id_of(const fs::path& dir) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(dir, error);
  if (error) whole = dir;
  if (whole.filename().empty()) whole = whole.parent_path();
  const std::string name = whole.filename().string();
  const auto& engines = set_engines();
  const std::string set = whole.parent_path().filename().string();
  if (set.empty() || std::find(engines.begin(), engines.end(), name) == engines.end()) return name;
  return set + "/" + name;
}

Status erase_case_or_set(const fs::path& dir) {
  const std::vector<SetMember> members = set_members(dir);
  std::error_code error;
  if (members.empty()) {
    AFFIANT_CHECK(erase_case(dir));
    // The folder of a set names the site: it goes with the last member.
    const fs::path set = fs::absolute(dir, error).lexically_normal().parent_path();
    const auto root = cases_dir();
    if (root && set.parent_path() == *root) fs::remove(set, error);
    return {};
  }
  for (fs::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (std::none_of(members.begin(), members.end(),
                     [&](const SetMember& m) { return m.engine == name; }))
      return fail(Code::kUsage,
                  "{} holds {}, which is no part of a case set: nothing is removed. Move it away "
                  "first",
                  dir.string(), name);
  }
  if (error) return fail(Code::kIo, "cannot read {}: {}", dir.string(), error.message());
  for (const SetMember& member : members) AFFIANT_CHECK(check_erasable(member.dir));
  for (const SetMember& member : members) AFFIANT_CHECK(erase_case(member.dir));
  fs::remove(dir, error);
  if (error) return fail(Code::kIo, "cannot remove {}: {}", dir.string(), error.message());
  return {};
}

}  // namespace affiant::cli
