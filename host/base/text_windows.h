// For the Windows halves of this folder alone: texts in UTF-16, and what the system says of a
// failure.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/system_windows.h"

namespace affiant::windows {

// What is not UTF-8 (a lone surrogate, in the other direction) becomes U+FFFD: as a path it names
// nothing.
std::wstring wide(std::string_view utf8);
std::string narrow(std::wstring_view utf16);

Code code_for(DWORD error);
std::string words_for(DWORD error);  // "Access is denied", without a line end.

// "cannot create C:\x: Access is denied", of GetLastError().
tl::unexpected<Error> fail_last(std::string_view what, const std::filesystem::path& path);

// A handle that is closed. Both of the values that stand for none are none.
class Handle {
 public:
  explicit Handle(HANDLE handle = nullptr)
      : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&& other) noexcept : handle_(other.release()) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() {
    if (handle_ != nullptr) ::CloseHandle(handle_);
  }
  HANDLE get() const { return handle_; }
  bool ok() const { return handle_ != nullptr; }
  HANDLE release() { return std::exchange(handle_, nullptr); }

 private:
  HANDLE handle_;
};

}  // namespace affiant::windows
