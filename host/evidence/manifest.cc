#include "evidence/manifest.h"

#include <algorithm>
#include <array>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/case_files.h"
#include "evidence/decimal.h"
#include "evidence/hash.h"
#include "evidence/problem.h"
#include "json/json.h"

namespace affiant::evidence {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"CERTIFICATION.txt", "README.txt",
                                                    "check-proof.sh",    "report.html",
                                                    "report.json",       "report.txt"};
constexpr std::string_view kProofs = "proofs/";
constexpr std::string_view kProofSuffix = ".tlog-proof";

bool is_sha256(const std::string& text) {
  return text.size() == 64 && hex_decode(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'F'; });
}

void collect_files(const std::filesystem::path& dir, const std::string& folder,
                   std::set<std::string>& out) {
  const auto names = list_dir(dir / folder);
  if (!names) return;
  for (const std::string& name : *names)
    if (is_bundle_file(folder + name)) out.insert(folder + name);
}

}  // namespace

bool is_bundle_file(std::string_view file) {
  if (std::find(kNames.begin(), kNames.end(), file) != kNames.end()) return true;
  if (!file.starts_with(kProofs) || !file.ends_with(kProofSuffix)) return false;
  file.remove_prefix(kProofs.size());
  return file.size() > kProofSuffix.size() &&
         parse_decimal(file.substr(0, file.size() - kProofSuffix.size())).has_value();
}

std::string format_manifest(const Manifest& manifest) {
  json::Value files = json::Value::object();
  for (const auto& [name, hash] : manifest.files) files[name] = hash;
  // All of it is ASCII and strings: it always has an RFC 8785 form.
  return json::canonical(
             {{"files", files}, {"format", kBundleFormat}, {"withheld", manifest.withheld}})
             .value_or("") +
         "\n";
}

Result<Manifest> parse_manifest(std::string_view text) {
  AFFIANT_TRY(const json::Value value, json::parse(text, kManifestFile));
  AFFIANT_TRY(auto reader, json::Reader::open(value, kManifestFile));
  Manifest out;
  AFFIANT_TRY(const std::string format, reader.string("format"));
  if (format != kBundleFormat)
    return fail(Code::kUnsupported, "byte 0: format \"{}\", this program reads {}",
                printable(format), kBundleFormat);
  const auto files = value.find("files");
  const auto withheld = value.find("withheld");
  if (value.size() != 3 || files == value.end() || !files->is_object() || withheld == value.end() ||
      !withheld->is_array())
    return fail(Code::kMalformed, "byte 0: not \"files\", \"format\" and \"withheld\"");
  for (const auto& [name, hash] : files->items()) {
    if (!is_bundle_file(name) || !hash.is_string() || !is_sha256(hash.get<std::string>()))
      return fail(Code::kMalformed, "byte 0: \"{}\" is no file of a bundle, or has no SHA-256",
                  printable(name));
    out.files.emplace(name, hash.get<std::string>());
  }
  for (const json::Value& what : *withheld) {
    if (!what.is_string())
      return fail(Code::kMalformed, "byte 0: \"withheld\" is no list of words");
    out.withheld.push_back(what.get<std::string>());
  }
  return out;
}

void check_manifest(const std::filesystem::path& dir, Verdict& verdict) {
  const auto text = read_file(dir / kManifestFile, limits::kManifestBytes, "kManifestBytes");
  if (!text && text.error().code == Code::kNotFound) return;
  if (!text) {
    verdict.problems.push_back({kManifestFile, 0, std::nullopt, text.error().message});
    return;
  }
  const auto manifest = parse_manifest(*text);
  if (!manifest) {
    verdict.problems.push_back(problem_in(kManifestFile, manifest.error()));
    return;
  }
  std::set<std::string> there;
  collect_files(dir, "", there);
  collect_files(dir, std::string(kProofs), there);
  for (const auto& [name, hash] : manifest->files) {
    const auto found = hash_file(dir / name);
    if (!found)
      verdict.problems.push_back({name, 0, std::nullopt,
                                  found.error().code == Code::kNotFound
                                      ? "the file is not there, but manifest.json names it"
                                      : found.error().message});
    else if (*found != hash)
      verdict.problems.push_back(
          {name, 0, std::nullopt, "the bytes are not those that manifest.json has the SHA-256 of"});
    there.erase(name);
  }
  for (const std::string& name : there)
    verdict.problems.push_back({name, 0, std::nullopt, "manifest.json does not name it"});
  if (!manifest->files.empty())
    verdict.notes.push_back(
        fmt::format("{} files of the bundle (report, instructions) are as manifest.json has them; "
                    "nothing signed vouches for them",
                    manifest->files.size()));
}

}  // namespace affiant::evidence
