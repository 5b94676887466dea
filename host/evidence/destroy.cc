#include "evidence/destroy.h"

namespace affiant::evidence {

Status destroy_key_file(Fs& fs, const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  // Where the size is not told, the operation below says what is wrong with the file.
  AFFIANT_CHECK(fs.overwrite(path, std::string(error ? 0 : size, '\0')));
  AFFIANT_CHECK(fs.remove(path));
  return fs.sync_dir(path.parent_path());
}

}  // namespace affiant::evidence
