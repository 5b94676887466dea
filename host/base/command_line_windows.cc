#include "base/command_line_windows.h"

#include "base/text_windows.h"

namespace affiant::windows {
namespace {

// Backslashes mean themselves but before a quotation mark, where each needs one of its own.
void append_quoted(std::wstring_view word, std::wstring* to) {
  to->push_back(L'"');
  std::size_t slashes = 0;
  for (const wchar_t c : word) {
    if (c == L'\\') {
      ++slashes;
    } else {
      if (c == L'"') to->append(slashes + 1, L'\\');
      slashes = 0;
    }
    to->push_back(c);
  }
  to->append(slashes, L'\\');
  to->push_back(L'"');
}

}  // namespace

std::wstring command_line(std::wstring_view program, const std::vector<std::string>& arguments) {
  std::wstring line;
  // The first word is taken apart by another rule: up to the next quotation mark.
  line.append(L"\"").append(program).append(L"\"");
  for (const std::string& argument : arguments) {
    line.push_back(L' ');
    append_quoted(wide(argument), &line);
  }
  return line;
}

}  // namespace affiant::windows
