#include "gate/toml_guard.h"

#include "gate/expectations.h"

namespace affiant::gate {
namespace {

constexpr std::size_t kDotsInLine = 16;

enum class In { kNothing, kComment, kBasic, kLiteral, kLongBasic, kLongLiteral };

// The string that begins at `at`, and how many quotation marks begin it.
In string_at(std::string_view text, std::size_t at, std::size_t* marks) {
  const char mark = text[at];
  const bool is_long = text.substr(at, 3) == std::string(3, mark);
  *marks = is_long ? 3 : 1;
  if (mark == '"') return is_long ? In::kLongBasic : In::kBasic;
  return is_long ? In::kLongLiteral : In::kLiteral;
}

}  // namespace

Status guard_toml(std::string_view text, const std::string& file) {
  if (text.size() > kExpectationsBytes)
    return fail(Code::kTooLarge, "{}: larger than {} bytes (gate::kExpectationsBytes)", file,
                kExpectationsBytes);
  In in = In::kNothing;
  std::size_t line = 1, start = 0, dots = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++line;
      start = i + 1;
      if (in == In::kComment || in == In::kBasic || in == In::kLiteral) in = In::kNothing;
      if (in == In::kNothing) dots = 0;
      continue;
    }
    switch (in) {
      case In::kNothing:
        if (c == '#') {
          in = In::kComment;
        } else if (c == '"' || c == '\'') {
          std::size_t marks = 1;
          in = string_at(text, i, &marks);
          i += marks - 1;
        } else if (c == '.' && ++dots > kDotsInLine) {
          return fail(Code::kTooLarge, "{}:{}:{}: more than {} dots outside of quotes in a line",
                      file, line, i - start + 1, kDotsInLine);
        }
        break;
      case In::kBasic:
      case In::kLongBasic:
        if (c == '\\') {
          ++i;
          if (i < text.size() && text[i] == '\n') --i;  // Counted above.
        } else if (c == '"' && (in == In::kBasic || text.substr(i, 3) == "\"\"\"")) {
          i += in == In::kBasic ? 0 : 2;
          in = In::kNothing;
        }
        break;
      case In::kLiteral:
      case In::kLongLiteral:
        if (c == '\'' && (in == In::kLiteral || text.substr(i, 3) == "'''")) {
          i += in == In::kLiteral ? 0 : 2;
          in = In::kNothing;
        }
        break;
      case In::kComment:
        break;
    }
  }
  return {};
}

}  // namespace affiant::gate
