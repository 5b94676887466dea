// What is the same on every system.
#include "base/reader_process.h"

#include <array>
#include <utility>

#include "base/streams.h"

namespace affiant {
namespace {

constexpr std::size_t kReadBytes = 64U << 10U;

}  // namespace

ReaderProcess& ReaderProcess::operator=(ReaderProcess&& other) noexcept {
  std::swap(child_, other.child_);
  return *this;
}

Result<bool> ReaderProcess::read(std::string* to) {
  std::array<char, kReadBytes> buffer;  // NOLINT(*-member-init): read_some() fills what is used.
  AFFIANT_TRY(const auto n, read_some(output(), buffer.data(), buffer.size(), "a process"));
  if (!n) return true;
  to->append(buffer.data(), *n);
  return *n > 0;
}

}  // namespace affiant
