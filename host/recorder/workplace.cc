#include "recorder/workplace.h"

#include <fmt/chrono.h>

#include <array>
#include <ctime>

#include "base/bytes.h"
#include "base/fs.h"
#include "json/json.h"

namespace affiant::recorder {
namespace {

namespace stdfs = std::filesystem;

constexpr std::int64_t kMostProfiles = 100;
constexpr std::size_t kMoreIds = 8;
constexpr std::size_t kPathBytes = 4096;
constexpr std::size_t kHostInName = 100;

Result<stdfs::path> base_dir(const Environment& environment, Folder folder) {
  if (const std::string set = environment("AFFIANT_HOME"); !set.empty()) {
    stdfs::path own = from_utf8(set);
    if (own.is_absolute()) return own;
    return fail(Code::kUsage, "AFFIANT_HOME={} is not an absolute path", printable(set));
  }
  return own_folder(folder, environment);
}

Result<stdfs::path> absolute_path(json::Reader& reader, std::string_view key) {
  AFFIANT_TRY(const std::string text, reader.string(key, kPathBytes));
  const stdfs::path path = from_utf8(text);
  if (path.is_absolute() && text.find('\0') == std::string::npos) return path;
  return fail(Code::kMalformed, "{}.{}: \"{}\" is not an absolute path", reader.what(), key,
              printable(text, 100));
}

Result<std::vector<std::string>> id_list(json::Reader& reader) {
  std::vector<std::string> ids;
  constexpr std::string_view kKey = "extension_ids";
  if (!reader.has(kKey)) return ids;
  AFFIANT_TRY(const json::Value* list, reader.array(kKey, kMoreIds));
  for (const json::Value& id : *list) {
    if (!id.is_string() || id.get_ref<const std::string&>().empty())
      return fail(Code::kMalformed, "{}.{}: an id is not a filled string", reader.what(), kKey);
    ids.push_back(id.get<std::string>());
  }
  return ids;
}

Result<Workplace> read_run(const stdfs::path& run) {
  if (!run.is_absolute())
    return fail(Code::kUsage, "AFFIANT_RUN={} is not an absolute path", printable(run.string()));
  AFFIANT_TRY(const std::string text,
              read_file(run / "plan.json", limits::kPlanBytes, "limits::kPlanBytes"));
  AFFIANT_TRY(const json::Value value, json::parse(text, "plan.json"));
  AFFIANT_TRY(auto reader, json::Reader::open(value, "plan.json"));
  Workplace place;
  AFFIANT_TRY(place.plan, wire::read_plan(reader));
  AFFIANT_TRY(place.case_dir, absolute_path(reader, "case"));
  AFFIANT_TRY(place.identity_dir, absolute_path(reader, "identity_dir"));
  AFFIANT_TRY(const auto profile, reader.optional_integer("profile", 1, kMostProfiles));
  place.profile = profile.value_or(1);
  AFFIANT_TRY(place.cleared, reader.optional_boolean("cleared", false));
  AFFIANT_TRY(place.keep_open, reader.optional_boolean("keep_open", false));
  AFFIANT_TRY(place.extension_ids, id_list(reader));
  AFFIANT_CHECK(reader.finish());
  place.progress_file = run / "progress.jsonl";
  return place;
}

}  // namespace

Result<Workplace> find_workplace(const Environment& environment) {
  if (const std::string run = environment("AFFIANT_RUN"); !run.empty())
    return read_run(from_utf8(run));
  Workplace place;
  AFFIANT_TRY(const stdfs::path data, base_dir(environment, Folder::kData));
  AFFIANT_TRY(const stdfs::path config, base_dir(environment, Folder::kConfig));
  place.cases_dir = data / "cases";
  place.identity_dir = config / "identity";
  return place;
}

Result<std::string> new_case_name(std::int64_t now_ms, std::string_view host, Random& random) {
  std::string safe;
  for (const char c : host.substr(0, kHostInName)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    safe.push_back(plain ? c : '_');
  }
  std::array<std::uint8_t, 4> salt{};
  AFFIANT_CHECK(random.fill(salt));
  const std::time_t seconds = now_ms / 1000;
  return fmt::format("{:%Y%m%d-%H%M%S}-{:03}-{}-{}", fmt::gmtime(seconds), now_ms % 1000, safe,
                     hex_encode(salt));
}

}  // namespace affiant::recorder
