#include "evidence/hand_check.h"

#include <fmt/format.h>

#include <string_view>

#include "evidence/layout.h"

namespace affiant::evidence {
namespace {

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += R"('\'')";
    else
      out += c;
  }
  return out + "'";
}

// The octal bytes are what RFC 8410 puts before a raw Ed25519 key.
// clang-format off
constexpr std::string_view kCommands = R"SH(t=$(mktemp -d) && (set -e
sed '/^$/,$d' checkpoint > "$t/text"
sed '1,/^$/d; s/.* //' checkpoint | base64 -d | tail -c 64 > "$t/sig"
openssl pkeyutl -verify -rawin -pubin -inkey keys/case.pub.pem -in "$t/text" -sigfile "$t/sig"
key=$(openssl pkey -pubin -in keys/case.pub.pem -outform DER | tail -c 32 | sha256sum | cut -c 1-64)
[ "$key" = "$(sed '1!d; s,.*/,,' checkpoint)" ] && echo 'The key is the one this log is named after'
{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'; sed 's/^[^+]*+[^+]*+//' keys/identity.vkey | base64 -d | tail -c 32; } > "$t/id"
sed '/^$/,$d' delegation.note > "$t/text"
sed '1,/^$/d; s/.* //' delegation.note | base64 -d | tail -c 64 > "$t/sig"
openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$t/id" -in "$t/text" -sigfile "$t/sig"
[ "$(sed '3!d' delegation.note)" = "$(cat keys/case.vkey)" ] && echo 'The identity vouches for that key'
)
)SH";
// clang-format on

std::string absolute_quoted(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto absolute = std::filesystem::absolute(path, ignored);
  return shell_quoted((ignored ? path : absolute).string());
}

}  // namespace

std::string hand_check_here() { return std::string(kCommands); }

std::string hand_check_commands(const std::filesystem::path& dir) {
  return "cd -- " + absolute_quoted(dir) + " && " + std::string(kCommands);
}

std::string anchor_check_here(const std::filesystem::path& dir, std::uint64_t size,
                              std::int64_t time_ms, const std::filesystem::path& ca_file) {
  const std::string chain = anchor_file(size, AnchorPart::kChain);
  std::error_code ignored;
  return fmt::format(
      "openssl ts -verify -data {} -in {} {}-attime {} -CAfile {}\n",
      anchor_file(size, AnchorPart::kCheckpoint), anchor_file(size, AnchorPart::kResponse),
      std::filesystem::exists(dir / chain, ignored) ? "-untrusted " + chain + " " : "",
      time_ms / 1'000, ca_file.empty() ? "ROOT.pem" : absolute_quoted(ca_file));
}

std::string anchor_check_command(const std::filesystem::path& dir, std::uint64_t size,
                                 std::int64_t time_ms, const std::filesystem::path& ca_file) {
  return "cd -- " + absolute_quoted(dir) + " && " + anchor_check_here(dir, size, time_ms, ca_file);
}

}  // namespace affiant::evidence
