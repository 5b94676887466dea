// What a manager's data says, with what must always hold checked: quotations are the words at their
// place, names are there, and reading twice gives the same.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/limits.h"
#include "consent/consent.h"
#include "policy/declaration_json.h"

namespace affiant::consent::test {

inline policy::Declaration told(std::string_view manager, std::string_view bytes) {
  const auto read = read_consent_data(manager, bytes, {});
  EXPECT_TRUE(read) << read.error().to_string();
  if (!read) return {};
  EXPECT_EQ(read->sources.size(), 1U);
  EXPECT_EQ(read->sources.front().kind, manager);
  EXPECT_FALSE(read->is_policy);
  const std::string_view text = read->sources.front().text;
  for (const policy::DeclaredCookie& c : read->cookies) {
    EXPECT_LE(c.end, text.size());
    EXPECT_LT(c.start, c.end);
    EXPECT_EQ(c.quote, text.substr(c.start, c.end - c.start));
    EXPECT_EQ(c.source, 1);
  }
  for (const policy::Statement& s : read->statements) {
    EXPECT_EQ(s.quote, text.substr(s.start, s.end - s.start));
    EXPECT_FALSE(s.quote.empty());
    EXPECT_EQ(s.source, 1);
  }
  const auto again = read_consent_data(manager, bytes, {});
  EXPECT_TRUE(again);
  if (again) {
    EXPECT_EQ(policy::declaration_json(*read).dump(), policy::declaration_json(*again).dump());
  }
  return *read;
}

inline Error refused(std::string_view manager, std::string_view bytes) {
  const auto read = read_consent_data(manager, bytes, {});
  EXPECT_FALSE(read);
  return read ? Error{} : read.error();
}

// The row of that pattern; one with an empty pattern when there is none.
inline policy::DeclaredCookie row(const policy::Declaration& said, std::string_view pattern) {
  for (const policy::DeclaredCookie& c : said.cookies) {
    if (c.pattern == pattern) return c;
  }
  ADD_FAILURE() << "no row " << pattern;
  return {};
}

inline std::string parties(const policy::Declaration& said) {
  std::string out;
  for (const policy::Statement& s : said.statements) {
    for (const std::string& name : s.parties) out += (out.empty() ? "" : "|") + name;
  }
  return out;
}

inline std::string unread(const policy::Declaration& said) {
  std::string out;
  for (const std::string& words : said.unread) out += words + "\n";
  return out;
}

constexpr std::int64_t kDay = 86'400;

}  // namespace affiant::consent::test
