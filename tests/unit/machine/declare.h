// Short ways to read a file in a test, and to check what every declaration has to keep to.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "machine/machine.h"

namespace affiant::machine {

inline policy::Declaration declare(std::string_view kind, std::string_view bytes) {
  policy::Source source;
  source.url = "https://shop.example/file";
  const auto read = read_machine_file(kind, bytes, source);
  EXPECT_TRUE(read) << (read ? "" : read.error().to_string());
  if (!read) return {};
  const std::string& text = read->sources.front().text;
  EXPECT_EQ(read->sources.front().kind, kind);
  EXPECT_FALSE(read->is_policy);
  for (const policy::Statement& s : read->statements)
    EXPECT_EQ(s.quote, text.substr(s.start, s.end - s.start));
  for (const policy::DeclaredCookie& c : read->cookies)
    EXPECT_EQ(c.quote, text.substr(c.start, c.end - c.start));
  return *read;
}

inline std::string kind_of(std::string_view name, std::string_view bytes) {
  return std::string(machine_kind_of(name, bytes).value_or("none"));
}

// The message of the error that this has to be.
inline std::string refused(std::string_view kind, std::string_view bytes, Code code) {
  const auto read = read_machine_file(kind, bytes, {});
  EXPECT_FALSE(read);
  if (read) return "";
  EXPECT_EQ(read.error().code, code) << read.error().to_string();
  return read.error().message;
}

}  // namespace affiant::machine
