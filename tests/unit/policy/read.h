// Reads a policy text of the test's own writing.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "policy/declaration.h"
#include "policy/document.h"

namespace affiant::policy::test {

inline Document document(std::string_view text, Format format = Format::kMarkdown) {
  auto d = read_document(text, format, "test");
  EXPECT_TRUE(d) << (d ? "" : d.error().message);
  return d ? *d : Document{};
}

inline Declaration read(std::string_view text, Format format = Format::kMarkdown) {
  return read_policy(document(text, format), {});
}

// "type" of what is said to be done, "type!" of what is denied; "signal" with its polarity
// likewise.
inline std::vector<std::string> kinds_of(const Declaration& said) {
  std::vector<std::string> out;
  for (const Statement& s : said.statements)
    out.push_back(s.type + (s.polarity == "does" ? "" : "!"));
  return out;
}

inline std::vector<std::string> kinds(std::string_view text, Format format = Format::kMarkdown) {
  return kinds_of(read(text, format));
}

inline std::vector<Statement> denials(std::string_view text, Format format = Format::kMarkdown) {
  std::vector<Statement> out;
  for (const Statement& s : read(text, format).statements)
    if (s.polarity == "does-not" && s.type != "signal") out.push_back(s);
  return out;
}

inline Statement only(std::string_view text, std::string_view type) {
  for (const Statement& s : read(text).statements)
    if (s.type == type) return s;
  ADD_FAILURE() << "no " << type << " in: " << text;
  return {};
}

}  // namespace affiant::policy::test
