// What is the same on every system.
#include "base/paths.h"

namespace affiant {
namespace {

#ifdef _WIN32
constexpr char kBetweenFolders = ';';
#else
constexpr char kBetweenFolders = ':';
#endif

}  // namespace

std::vector<std::filesystem::path> folders_in(std::string_view list) {
  std::vector<std::filesystem::path> folders;
  for (;;) {
    const std::size_t end = list.find(kBetweenFolders);
    std::filesystem::path folder = from_utf8(list.substr(0, end));
    if (folder.is_absolute()) folders.push_back(std::move(folder));
    if (end == std::string_view::npos) return folders;
    list.remove_prefix(end + 1);
  }
}

}  // namespace affiant
