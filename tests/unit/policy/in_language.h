// Texts in one language, read: what the tests of languages begin with.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read.h"

namespace affiant::policy {

inline Declaration read_in(std::string_view language, std::string_view text) {
  Document document = test::document(text);
  document.declared_language = language;
  return read_policy(document, {});
}

inline std::vector<std::string> kinds_in(std::string_view language, std::string_view text) {
  return test::kinds_of(read_in(language, text));
}

inline std::vector<Statement> denied_in(std::string_view language, std::string_view text) {
  std::vector<Statement> out;
  for (const Statement& s : read_in(language, text).statements)
    if (s.polarity == "does-not" || s.type == "only-necessary") out.push_back(s);
  return out;
}

inline Statement first_in(std::string_view language, std::string_view text) {
  const Declaration d = read_in(language, text);
  if (!d.statements.empty()) return d.statements.front();
  ADD_FAILURE() << "nothing read in: " << text;
  return {};
}

struct Case {
  std::string_view language, text, kind;
};

// Every case yields its kind.
inline void expect_all(const std::vector<Case>& cases) {
  for (const Case& c : cases)
    EXPECT_THAT(kinds_in(c.language, c.text), testing::Contains(std::string(c.kind))) << c.text;
}

// No case denies anything.
inline void expect_no_denial(
    const std::vector<std::pair<std::string_view, std::string_view>>& cases) {
  for (const auto& [language, text] : cases)
    EXPECT_THAT(denied_in(language, text), testing::IsEmpty()) << text;
}

}  // namespace affiant::policy
