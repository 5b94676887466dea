// The Windows half of paths.h.
#include "base/paths.h"
#include "base/text_windows.h"

namespace affiant {

namespace stdfs = std::filesystem;

const std::string_view kProgramEnding = ".exe";

stdfs::path from_utf8(std::string_view text) { return windows::wide(text); }
std::string to_utf8(const stdfs::path& path) { return windows::narrow(path.native()); }

std::string process_environment(const char* name) {
  const std::wstring key = windows::wide(name);
  std::wstring value;
  for (;;) {  // Somebody may set a longer one in between.
    const DWORD size =
        ::GetEnvironmentVariableW(key.c_str(), value.data(), static_cast<DWORD>(value.size()));
    if (size == 0) return {};
    const bool fits = size < value.size();
    value.resize(size);
    if (fits) return windows::narrow(value);
  }
}

// Those of main() have been turned into the machine's code page, which loses what is not in it.
std::vector<std::string> program_arguments(int, char**) {
  int count = 0;
  wchar_t** words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
  std::vector<std::string> out;
  for (int i = 1; words != nullptr && i < count; ++i) out.push_back(windows::narrow(words[i]));
  ::LocalFree(words);
  return out;
}

Result<stdfs::path> own_folder(Folder folder, const Environment& environment) {
  const char* name = folder == Folder::kData ? "LOCALAPPDATA" : "APPDATA";
  if (const stdfs::path set = from_utf8(environment(name)); set.is_absolute())
    return set / "affiant";
  return fail(Code::kUsage,
              "no place for affiant's files: neither AFFIANT_HOME nor {} is an absolute path. Set "
              "AFFIANT_HOME to a folder of yours",
              name);
}

stdfs::path home_folder(const Environment& environment) {
  return from_utf8(environment("USERPROFILE"));
}

Result<stdfs::path> program_file() {
  std::wstring name(MAX_PATH, L'\0');
  for (;;) {
    const DWORD size = ::GetModuleFileNameW(nullptr, name.data(), static_cast<DWORD>(name.size()));
    if (size == 0)
      return fail(Code::kIo, "cannot tell where affiant is installed: {}",
                  windows::words_for(::GetLastError()));
    if (size < name.size()) return stdfs::path(name.substr(0, size));
    name.resize(name.size() * 2);  // It was cut.
  }
}

}  // namespace affiant
