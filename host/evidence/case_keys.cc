#include "evidence/case_keys.h"

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/layout.h"
#include "evidence/problem.h"
#include "evidence/statements.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kKeyFileBytes = 4'096;

std::optional<std::string> load(const std::filesystem::path& dir, const char* file,
                                std::size_t max_bytes, std::vector<Problem>& problems) {
  auto text = read_file(dir / file, max_bytes);
  if (text) return std::move(*text);
  problems.push_back(
      {file, 0, std::nullopt,
       text.error().code == Code::kNotFound ? "the file is not there" : text.error().message});
  return std::nullopt;
}

// A verifier key and one newline. With `expected`, the place of the first byte that differs is
// told.
std::optional<VerifierKey> load_vkey(const std::filesystem::path& dir, const char* file,
                                     const std::string& expected, std::vector<Problem>& problems) {
  const auto text = load(dir, file, kKeyFileBytes, problems);
  if (!text) return std::nullopt;
  if (!expected.empty() && *text != expected) {
    problems.push_back({file, first_difference(*text, expected), std::nullopt,
                        "not the key that delegation.note names"});
    return std::nullopt;
  }
  if (text->empty() || text->back() != '\n') {
    problems.push_back({file, text->size(), std::nullopt, "no newline at the end"});
    return std::nullopt;
  }
  auto key = parse_vkey(std::string_view(*text).substr(0, text->size() - 1));
  if (!key) {
    problems.push_back(problem_in(file, key.error()));
    return std::nullopt;
  }
  if (key->type != 0x01) {
    problems.push_back({file, 0, std::nullopt, "not a key for signing notes"});
    return std::nullopt;
  }
  return std::move(*key);
}

// The case key's line of a delegation note, unverified: only to say where keys/case.vkey differs.
std::string delegated_vkey(std::string_view note) {
  const auto parsed = parse_note(note);
  if (!parsed) return {};
  const auto delegation = parse_delegation(parsed->text);
  return delegation && parse_vkey(delegation->case_vkey) ? delegation->case_vkey + "\n" : "";
}

void check_delegation(const std::string& note, CaseKeys& keys, const VerifierKey& identity,
                      std::vector<Problem>& problems) {
  const auto text = open_sole_note(note, identity);
  if (!text) {
    problems.push_back(problem_in(kDelegationFile, text.error()));
    return;
  }
  const auto delegation = parse_delegation(*text);
  if (!delegation) {
    problems.push_back(problem_in(kDelegationFile, delegation.error()));
    return;
  }
  if (delegation->origin != keys.origin || delegation->case_vkey != format_vkey(*keys.case_key)) {
    problems.push_back(
        {kDelegationFile, 0, std::nullopt, "delegates to another case key than keys/case.vkey"});
    return;
  }
  keys.identity = identity;
}

}  // namespace

CaseKeys load_case_keys(const std::filesystem::path& dir, std::vector<Problem>& problems) {
  CaseKeys keys;
  const auto note = load(dir, kDelegationFile, limits::kNoteBytes, problems);
  if (note) keys.delegation_digest = base64url_encode(sha256(*note));

  keys.case_key = load_vkey(dir, kCaseVkeyFile, note ? delegated_vkey(*note) : "", problems);
  if (keys.case_key) {
    keys.origin = origin_for(keys.case_key->key);
    if (keys.case_key->name != keys.origin) {
      problems.push_back(
          {kCaseVkeyFile, 0, std::nullopt,
           "the log's name is not the SHA-256 of the key: " + printable(keys.case_key->name)});
      keys.case_key.reset();
    }
  }
  if (const auto pem = load(dir, kCasePemFile, kKeyFileBytes, problems); pem && keys.case_key) {
    if (const std::string expected = public_pem(keys.case_key->key); *pem != expected)
      problems.push_back({kCasePemFile, first_difference(*pem, expected), std::nullopt,
                          "not the PEM form of keys/case.vkey"});
  }
  const auto identity = load_vkey(dir, kIdentityVkeyFile, "", problems);
  if (identity && identity->name != identity_name_for(identity->key))
    problems.push_back(
        {kIdentityVkeyFile, 0, std::nullopt,
         "the identity's name is not the SHA-256 of its key: " + printable(identity->name)});
  else if (identity && note && keys.case_key)
    check_delegation(*note, keys, *identity, problems);
  return keys;
}

Result<PublicKey> parse_pinned_key(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos)
    return fail(Code::kUsage, "the pinned key is empty; give a vkey or a PEM public key");
  text = text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
  if (text.starts_with("-----BEGIN")) {
    auto key = parse_public_pem(text);
    if (!key) return fail(Code::kUsage, "the pinned key: {}", key.error().message);
    return *key;
  }
  const auto key = parse_vkey(text);
  if (!key)
    return fail(Code::kUsage, "the pinned key is neither a PEM public key nor a vkey: {}",
                key.error().message);
  return key->key;
}

}  // namespace affiant::evidence
