// Errors and Result<T>: every call that can fail returns one, and no exception crosses a folder.
//
// Codes are public (docs/errors.md) and append-only: never renumber, never reuse. A message says
// what is wrong, where (byte offset, line, field or file), and what to do next where there is
// something to do.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace affiant {

enum class Code : std::uint16_t {
  kInternal = 1,
  kUsage = 2,        // A command line or configuration that means nothing.
  kNotFound = 3,     // A file, browser, case or name that is not there.
  kIo = 4,           // The operating system refused; the message carries errno's text.
  kNoSpace = 5,      // The disk is full.
  kPermission = 6,   // Readable or writable by the wrong people.
  kTooLarge = 7,     // Beyond a cap of limits.h; the message names the cap.
  kMalformed = 8,    // Bytes that are not of the format; the message gives the place.
  kUnsupported = 9,  // A version, type or feature this program does not know.
  kCrypto = 10,      // A key or signature that does not verify or cannot be used.
  kBroken = 11,      // Evidence that contradicts itself: never repaired.
  kConflict = 12,    // Another writer holds the case, or a fork would result.
  kClosed = 13,      // The case is sealed; nothing can be added.
  kTimeout = 14,
  kBrowser = 15,      // The browser could not be started, or died.
  kHost = 16,         // The native host could not be started, or died.
  kNetwork = 17,      // The site could not be reached.
  kProtocol = 18,     // A peer broke docs/protocol.md.
  kInterrupted = 19,  // Ctrl-C or SIGTERM.
};

// The published name of a code, e.g. "too-large". Never empty.
std::string_view code_name(Code code);

struct Error {
  Code code = Code::kInternal;
  std::string message;  // One line, no trailing full stop needed, UTF-8.

  // "too-large: frame announces 4294967295 bytes ..."
  std::string to_string() const;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

template <typename... Args>
[[nodiscard]] tl::unexpected<Error> fail(Code code, fmt::format_string<Args...> format,
                                         Args&&... args) {
  return tl::unexpected<Error>(Error{code, fmt::format(format, std::forward<Args>(args)...)});
}

}  // namespace affiant

// AFFIANT_TRY(auto value, expression): declares value, or returns the error from the enclosing
// function.
#define AFFIANT_CONCAT_INNER(a, b) a##b
#define AFFIANT_CONCAT(a, b) AFFIANT_CONCAT_INNER(a, b)
#define AFFIANT_TRY_INNER(tmp, declaration, ...)                  \
  auto tmp = (__VA_ARGS__);                                       \
  if (!tmp) return tl::unexpected<::affiant::Error>(tmp.error()); \
  declaration = std::move(*tmp)
#define AFFIANT_TRY(declaration, ...) \
  AFFIANT_TRY_INNER(AFFIANT_CONCAT(affiant_try_, __LINE__), declaration, __VA_ARGS__)
// AFFIANT_CHECK(expression): returns the error of a Status, else goes on.
#define AFFIANT_CHECK(...)                                                                \
  do {                                                                                    \
    auto affiant_status = (__VA_ARGS__);                                                  \
    if (!affiant_status) return tl::unexpected<::affiant::Error>(affiant_status.error()); \
  } while (false)
