#include "cli/install_record.h"

#include "base/fs.h"
#include "json/json.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kRecordBytes = 1U << 20U;

tl::unexpected<Error> no_record(const fs::path& file, std::string_view why) {
  return fail(Code::kMalformed,
              "{} is no note of what was installed: {}. Nothing was changed. Move it away and run "
              "affiant install again: what it then finds as it should be is noted anew",
              file.string(), why);
}

bool is_path(const json::Value& value) {
  return value.is_string() && fs::path(value.get<std::string>()).is_absolute();
}

}  // namespace

Result<InstallRecord> read_install_record(const fs::path& file) {
  InstallRecord record;
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(file, ignored))) return record;
  AFFIANT_TRY(const std::string text, read_file(file, kRecordBytes, "the cap of install records"));
  const auto value = json::parse(text, file.filename().string());
  if (!value) return no_record(file, value.error().message);
  for (const char* key : {"files", "folders"})
    if (!value->is_object() || !value->contains(key) || !(*value)[key].is_array())
      return no_record(file, fmt::format("it has no list of {}", key));
  for (const json::Value& entry : (*value)["files"]) {
    // Version 1 noted the paths alone.
    const json::Value path = entry.is_object() ? entry.value("path", json::Value()) : entry;
    if (!is_path(path)) return no_record(file, "not an absolute path among its files");
    record.files[path.get<std::string>()] = entry.is_object() ? entry.value("sha256", "") : "";
  }
  for (const json::Value& path : (*value)["folders"]) {
    if (!is_path(path)) return no_record(file, "not an absolute path among its folders");
    record.folders.push_back(path.get<std::string>());
  }
  if (value->contains("keys"))
    for (const auto& [key, given] : (*value)["keys"].items())
      if (given.is_string()) record.keys[key] = given.get<std::string>();
  return record;
}

Status write_install_record(const fs::path& file, const InstallRecord& record) {
  if (record.empty()) return system_fs().remove(file);
  json::Value files = json::Value::array();
  for (const auto& [path, sha256] : record.files)
    files.push_back({{"path", path}, {"sha256", sha256}});
  json::Value value = {{"version", 2}, {"files", files}, {"folders", record.folders}};
  if (!record.keys.empty()) value["keys"] = record.keys;
  AFFIANT_TRY(const std::string text, json::canonical(value));
  return write_durably(system_fs(), file, text + "\n");
}

}  // namespace affiant::cli
