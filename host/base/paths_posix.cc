// The POSIX half of paths.h.
#include <cstdlib>

#include "base/paths.h"
#ifdef __APPLE__
#include <mach-o/dyld.h>

#include <array>
#endif

namespace affiant {

namespace stdfs = std::filesystem;

const std::string_view kProgramEnding = "";

stdfs::path from_utf8(std::string_view text) { return text; }
std::string to_utf8(const stdfs::path& path) { return path.native(); }

std::string process_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::vector<std::string> program_arguments(int argc, char** argv) {
  return argc == 0 ? std::vector<std::string>() : std::vector<std::string>(argv + 1, argv + argc);
}

Result<stdfs::path> own_folder(Folder folder, const Environment& environment) {
  const bool data = folder == Folder::kData;
  const char* xdg = data ? "XDG_DATA_HOME" : "XDG_CONFIG_HOME";
  if (const stdfs::path set = environment(xdg); set.is_absolute()) return set / "affiant";
  if (const stdfs::path home = home_folder(environment); home.is_absolute())
    return home / (data ? ".local/share" : ".config") / "affiant";
  return fail(Code::kUsage,
              "no place for affiant's files: neither AFFIANT_HOME nor {} nor HOME is an absolute "
              "path. Set AFFIANT_HOME to a folder of yours",
              xdg);
}

stdfs::path home_folder(const Environment& environment) { return environment("HOME"); }

Result<stdfs::path> program_file() {
#ifdef __APPLE__  // Never compiled so far.
  std::array<char, 4096> name{};
  auto size = static_cast<std::uint32_t>(name.size());
  std::error_code error;
  if (::_NSGetExecutablePath(name.data(), &size) != 0)
    return fail(Code::kIo, "cannot tell where affiant is installed: its path has {} bytes", size);
  stdfs::path program = stdfs::canonical(name.data(), error);
#else
  std::error_code error;
  stdfs::path program = stdfs::read_symlink("/proc/self/exe", error);
#endif
  if (error) return fail(Code::kIo, "cannot tell where affiant is installed: {}", error.message());
  return program;
}

}  // namespace affiant
