#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "browser/browser.h"
#include "browser/temp_dir.h"

namespace affiant::browser {
namespace {
namespace fs = std::filesystem;

fs::path program(const fs::path& dir, const char* name, std::string_view script) {
  const fs::path file = dir / name;
  std::ofstream(file) << "#!/bin/sh\n" << script << "\n";
  fs::permissions(file, fs::perms::owner_all);
  return file;
}

TEST(Find, VersionLinesOfBothFamiliesAreRead) {
  const auto chromium =
      parse_version("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", "/c");
  ASSERT_TRUE(chromium);
  EXPECT_EQ(chromium->kind, Kind::kChromium);
  EXPECT_EQ(chromium->version, "156.0.8078.79");
  EXPECT_EQ(chromium->major, 156);
  const auto firefox = parse_version("Mozilla Firefox 153.7.0esr", "/f");
  ASSERT_TRUE(firefox);
  EXPECT_EQ(firefox->kind, Kind::kFirefox);
  EXPECT_EQ(firefox->version, "153.7.0esr");
}

TEST(Find, AnOldVersionIsRefusedWithTheOldestThatServes) {
  for (const char* line : {"Chromium 90.0.4430.212", "Mozilla Firefox 115.12.0esr"}) {
    const auto old = parse_version(line, "/opt/old");
    ASSERT_FALSE(old);
    EXPECT_EQ(old.error().code, Code::kBrowser);
    EXPECT_NE(old.error().message.find("at least"), std::string::npos) << old.error().message;
  }
}

TEST(Find, ChromeIsRefusedBecauseItLoadsNoExtension) {
  const auto chrome = parse_version("Google Chrome 156.0.1.2 ", "/opt/google/chrome");
  ASSERT_FALSE(chrome);
  EXPECT_NE(chrome.error().message.find("apt-get install chromium"), std::string::npos);
}

TEST(Find, WhateverElseAnswersIsNoBrowser) {
  for (const char* line : {"", "Chromium", "Chromium x", "curl 7.88.1", "\x1b[31mEvil"}) {
    const auto other = parse_version(line, "/x");
    ASSERT_FALSE(other) << line;
    EXPECT_EQ(other.error().code, Code::kBrowser);
    EXPECT_EQ(other.error().message.find('\x1b'), std::string::npos);
  }
}

TEST(Find, AProgramThatIsNotThereOrCannotRunOrFailsIsSaidSo) {
  const auto dir = TempDir::create("affiant-test");
  ASSERT_TRUE(dir);
  const auto absent = identify(dir->path() / "absent");
  ASSERT_FALSE(absent);
  EXPECT_NE(absent.error().message.find("no browser at"), std::string::npos);
  std::ofstream(dir->path() / "text") << "text";
  const auto text = identify(dir->path() / "text");
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().message.find("cannot be executed"), std::string::npos);
  const auto folder = identify(dir->path());
  ASSERT_FALSE(folder);
  const auto failing = identify(program(dir->path(), "failing", "echo broken >&2; exit 3"));
  ASSERT_FALSE(failing);
  EXPECT_NE(failing.error().message.find("broken"), std::string::npos) << failing.error().message;
}

TEST(Find, AWrapperMayComplainBeforeItsVersionLine) {
  const auto dir = TempDir::create("affiant-test");
  ASSERT_TRUE(dir);
  const auto found = identify(program(
      dir->path(), "wrapper", "echo '9: [: unexpected operator' >&2; echo 'Chromium 156.1.2.3'"));
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->version, "156.1.2.3");
}

TEST(Find, NothingOnThePathNamesThePackageToInstall) {
  const auto dir = TempDir::create("affiant-test");
  ASSERT_TRUE(dir);
  const std::string before = std::getenv("PATH");
  setenv("PATH", dir->path().c_str(), 1);
  const auto chromium = find(Kind::kChromium), firefox = find(Kind::kFirefox);
  program(dir->path(), "firefox-esr", "echo 'Mozilla Firefox 153.7.0esr'");
  const auto later = find_all();
  setenv("PATH", before.c_str(), 1);
  ASSERT_FALSE(chromium);
  EXPECT_NE(chromium.error().message.find("apt-get install chromium"), std::string::npos);
  ASSERT_FALSE(firefox);
  EXPECT_NE(firefox.error().message.find("apt-get install firefox-esr"), std::string::npos);
  ASSERT_EQ(later.size(), 1U);
  EXPECT_EQ(later[0].kind, Kind::kFirefox);
}

}  // namespace
}  // namespace affiant::browser
