#include "base/command_line_windows.h"

#include <gtest/gtest.h>

#include "base/system_windows.h"
#include "base/text_windows.h"

namespace affiant::windows {
namespace {

TEST(CommandLine, IsTakenApartIntoTheSameArguments) {
  const std::vector<std::string> all = {"",       "a",   "a b",           "\"",
                                        "\\",     "a\\", "\\\"",          "a\\\\b",
                                        "\\\\\"", "é€😂", "a \"b\\\" c\\", "%PATH%"};
  const std::wstring line = command_line(L"C:\\Program Files\\x.exe", all);
  int count = 0;
  wchar_t** words = ::CommandLineToArgvW(line.c_str(), &count);
  ASSERT_NE(words, nullptr);
  ASSERT_EQ(count, static_cast<int>(all.size()) + 1);
  EXPECT_EQ(narrow(words[0]), "C:\\Program Files\\x.exe");
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(narrow(words[i + 1]), all[i]);
  ::LocalFree(words);
}

TEST(Texts, WhatIsNoUtf8BecomesTheReplacementCharacter) {
  EXPECT_EQ(narrow(wide("é€😂")), "é€😂");
  EXPECT_EQ(narrow(wide("")), "");
  EXPECT_EQ(narrow(wide("a\xff")), "a\xef\xbf\xbd");
  EXPECT_NE(words_for(ERROR_ACCESS_DENIED), "");
}

}  // namespace
}  // namespace affiant::windows
