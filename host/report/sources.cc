#include "report/sources.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>

#include "base/bytes.h"
#include "base/limits.h"
#include "evidence/verify.h"
#include "report/text_layout.h"

namespace affiant::report {
namespace {

std::string name_of(const observe::PolicyCapture& capture) {
  if (!capture.file_name.empty()) return capture.file_name;
  return capture.url && !capture.url->empty() ? *capture.url : capture.host;
}

policy::Source source_of(const observe::PolicyCapture& capture) {
  policy::Source source;
  source.url = capture.url.value_or("");
  if (!capture.file_name.empty())
    source.kind = "file";
  else
    source.kind = capture.kind == "cookie-policy" ? "cookie-policy" : "privacy-policy";
  source.language = capture.language;
  source.sha256 = capture.exhibit;
  source.captured_at = rfc3339(capture.time_ms);
  return source;
}

policy::Format format_of(const observe::PolicyCapture& capture, std::string_view bytes) {
  if (capture.file_name.empty()) return policy::Format::kBlocks;
  return policy::guess_format(capture.file_name, bytes);
}

Result<std::string> read_whole(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return fail(Code::kNotFound,
                "{}: no such policy file; give a path to a .html, .md or .txt file", path.string());
  if (std::filesystem::is_directory(path, error))
    return fail(Code::kUsage, "{}: is a folder; give the policy file itself", path.string());
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(Code::kIo, "{}: cannot be opened: {}", path.string(), std::strerror(errno));
  std::string bytes(limits::kPolicyBytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad())
    return fail(Code::kIo, "{}: cannot be read: {}", path.string(), std::strerror(errno));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.size() > limits::kPolicyBytes)
    return fail(Code::kTooLarge, "{}: a policy text may have {} bytes (kPolicyBytes)",
                path.string(), limits::kPolicyBytes);
  return bytes;
}

}  // namespace

Result<policy::Declaration> declared_in_case(const std::filesystem::path& case_dir,
                                             const observe::Observations& seen) {
  std::vector<policy::Declaration> parts;
  policy::Declaration not_read;
  std::set<std::string> taken;
  for (const observe::PolicyCapture& capture : seen.policies) {
    if (capture.exhibit.empty() || !taken.insert(capture.exhibit).second) continue;
    const auto bytes = evidence::read_exhibit(case_dir, capture.exhibit);
    if (!bytes && bytes.error().code != Code::kNotFound) return tl::unexpected(bytes.error());
    if (!bytes) {
      not_read.unread.push_back(name_of(capture) + ": its text is not in this copy of the case");
      continue;
    }
    const auto document =
        policy::read_document(*bytes, format_of(capture, *bytes), name_of(capture));
    if (!document) {  // A site may serve anything as its policy: that is no fault of the record.
      not_read.unread.push_back(document.error().message);
      continue;
    }
    parts.push_back(policy::read_policy(*document, source_of(capture)));
  }
  policy::Declaration all = policy::merge(std::move(parts));
  all.unread.insert(all.unread.end(), not_read.unread.begin(), not_read.unread.end());
  return all;
}

Result<policy::Declaration> declared_in_files(const std::vector<std::filesystem::path>& files) {
  std::vector<policy::Declaration> parts;
  for (const std::filesystem::path& file : files) {
    AFFIANT_TRY(const std::string bytes, read_whole(file));
    const std::string name = file.filename().string();
    AFFIANT_TRY(const policy::Document document,
                policy::read_document(bytes, policy::guess_format(name, bytes), file.string()));
    policy::Source source;
    source.url = "";  // A path of somebody's machine is nobody's business.
    source.called = name;
    source.sha256 = evidence::sha256_hex(bytes);
    parts.push_back(policy::read_policy(document, source));
  }
  return policy::merge(std::move(parts));
}

}  // namespace affiant::report
