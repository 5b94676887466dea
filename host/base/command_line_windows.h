// For the Windows halves of this folder alone: a list of arguments as the one text that a process
// of Windows is given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace affiant::windows {

// What CommandLineToArgvW() and the C library's start-up take apart into the same arguments.
std::wstring command_line(std::wstring_view program, const std::vector<std::string>& arguments);

}  // namespace affiant::windows
