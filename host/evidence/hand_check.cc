#include "evidence/hand_check.h"

#include <string_view>

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

}  // namespace

std::string hand_check_here() { return std::string(kCommands); }

std::string hand_check_commands(const std::filesystem::path& dir) {
  std::error_code ignored;
  const auto absolute = std::filesystem::absolute(dir, ignored);
  return "cd -- " + shell_quoted((ignored ? dir : absolute).string()) + " && " +
         std::string(kCommands);
}

}  // namespace affiant::evidence
