// Names of files as UTF-8, variables of the environment, and the folders that a system keeps for a
// person. Nothing is created here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant {

// A path as it is typed, written in JSON or found in the environment. On Windows a path made of
// char by std::filesystem itself would be read in the code page of the machine.
std::filesystem::path from_utf8(std::string_view text);
std::string to_utf8(const std::filesystem::path& path);

// The value of an environment variable as UTF-8; empty when it is not set.
using Environment = std::function<std::string(const char*)>;
std::string process_environment(const char* name);

// What main() was given, without the program's own name, as UTF-8.
std::vector<std::string> program_arguments(int argc, char** argv);

enum class Folder : std::uint8_t { kData, kConfig };

// A person's own folder for `affiant`:
//   $XDG_DATA_HOME/affiant or ~/.local/share/affiant; $XDG_CONFIG_HOME/affiant or ~/.config/affiant
//   Windows: %LOCALAPPDATA%\affiant; %APPDATA%\affiant
// Values that are no absolute paths are ignored, as the XDG Base Directory Specification asks.
// kUsage when there is no place.
Result<std::filesystem::path> own_folder(Folder folder, const Environment& environment);

// $HOME; %USERPROFILE% on Windows. Empty when it is not set.
std::filesystem::path home_folder(const Environment& environment);

// The file of the running program, links followed.
Result<std::filesystem::path> program_file();

// The absolute folders of a list such as $PATH: what is found in the working folder is anybody's.
std::vector<std::filesystem::path> folders_in(std::string_view list);

// What ends the name of a program: ".exe", or nothing.
extern const std::string_view kProgramEnding;

}  // namespace affiant
