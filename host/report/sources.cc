#include "report/sources.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>

#include "base/bytes.h"
#include "base/limits.h"
#include "consent/consent.h"
#include "evidence/verify.h"
#include "machine/machine.h"
#include "observe/policy_kinds.h"
#include "report/declared_file.h"
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

// A file of the site, as it is. What it was asked for as decides how it is read, so that nothing
// but a policy is ever read as one.
Result<policy::Declaration> declared_in_site_file(const observe::PolicyCapture& capture,
                                                  std::string_view bytes) {
  if (machine::is_machine_kind(capture.kind))
    return machine::read_machine_file(capture.kind, bytes, source_of(capture));
  if (const auto manager = consent::manager_of(capture.url.value_or(""), bytes))
    return consent::read_consent_data(*manager, bytes, source_of(capture));
  return fail(Code::kUnsupported, "{}: data of {} in a form that is not read",
              printable(name_of(capture)), printable(capture.kind));
}

// A page was captured as blocks; a file that was given instead may be anything.
Result<policy::Declaration> declared_in_capture(const observe::PolicyCapture& capture,
                                                std::string_view bytes) {
  if (!capture.file_name.empty())
    return declared_in_bytes(bytes, capture.file_name, source_of(capture));
  if (!observe::is_page_kind(capture.kind)) return declared_in_site_file(capture, bytes);
  AFFIANT_TRY(const policy::Document document,
              policy::read_document(bytes, policy::Format::kBlocks, name_of(capture)));
  return policy::read_policy(document, source_of(capture));
}

// The compact policies that the site's own documents came with (header P3P). Words that are none
// say nothing, and leave nothing unread.
void add_compact_policies(const observe::Observations& seen,
                          std::vector<policy::Declaration>* parts) {
  std::set<std::string> hosts, taken;
  for (const observe::Session& session : seen.sessions) hosts.insert(session.host);
  for (const observe::Request& request : seen.requests) {
    const auto header = request.headers.find("p3p");
    if (request.type != "main_frame" || header == request.headers.end() ||
        !hosts.contains(request.host) || !taken.insert(header->second).second)
      continue;
    policy::Source source;
    source.url = request.url.value_or("");
    source.sha256 = evidence::sha256_hex(header->second);
    source.captured_at = rfc3339(request.place.time_ms);
    auto said = machine::read_machine_file("p3p", header->second, source);
    if (said && !said->statements.empty()) parts->push_back(std::move(*said));
  }
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
    auto said = declared_in_capture(capture, *bytes);
    if (!said) {  // A site may serve anything as its policy: that is no fault of the record.
      not_read.unread.push_back(said.error().message);
      continue;
    }
    parts.push_back(std::move(*said));
  }
  add_compact_policies(seen, &parts);
  policy::Declaration all = policy::merge(std::move(parts));
  all.unread.insert(all.unread.end(), not_read.unread.begin(), not_read.unread.end());
  return all;
}

Result<policy::Declaration> declared_in_files(const std::vector<std::filesystem::path>& files) {
  std::vector<policy::Declaration> parts;
  for (const std::filesystem::path& file : files) {
    AFFIANT_TRY(const std::string bytes, read_whole(file));
    const std::string name = file.filename().string();
    policy::Source source;
    source.url = "";  // A path of somebody's machine is nobody's business.
    source.called = name;
    source.sha256 = evidence::sha256_hex(bytes);
    AFFIANT_TRY(policy::Declaration said, declared_in_bytes(bytes, file.string(), source));
    parts.push_back(std::move(said));
  }
  return policy::merge(std::move(parts));
}

}  // namespace affiant::report
