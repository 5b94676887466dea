// The operating system's files: the same behaviour on every system that is built for.
#include "base/fs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/paths.h"
#include "base/user.h"
#include "temp_dir.h"

namespace affiant {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FsTest : public testing::Test {
 protected:
  std::filesystem::path at(std::string_view name) const { return dir_.path() / from_utf8(name); }
  std::string text(std::string_view name) const {
    const auto got = read_file(at(name), 1'000);
    return got ? *got : got.error().to_string();
  }
  void make(std::string_view name, std::string_view bytes) const {
    ASSERT_TRUE(write_durably(system_fs(), at(name), bytes));
  }

  test::TempDir dir_;
};

TEST_F(FsTest, BytesComeBackAsTheyWereWrittenLineEndsAmongThem) {
  const std::string bytes("a\r\nb\n\x1a\0c", 9);
  make("bytes", bytes);
  EXPECT_EQ(read_file(at("bytes"), 9).value(), bytes);
  EXPECT_EQ(read_file(at("bytes"), 8, "kCap").error().code, Code::kTooLarge);
  EXPECT_THAT(read_file(at("bytes"), 8, "kCap").error().message, HasSubstr("kCap"));
}

TEST_F(FsTest, WhatIsCreatedIsNewAndItsUsersAlone) {
  const auto file = system_fs().create(at("key"));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_TRUE((*file)->write("one"));
  EXPECT_TRUE((*file)->write(" two"));
  EXPECT_TRUE((*file)->sync());
  EXPECT_EQ(text("key"), "one two") << "read while it is open";
  EXPECT_FALSE(others_can_read(at("key")));
  EXPECT_TRUE(is_mine(at("key")));
  EXPECT_EQ(system_fs().create(at("key")).error().code, Code::kConflict);
  EXPECT_EQ(system_fs().create(at("no/folder")).error().code, Code::kNotFound);
}

TEST_F(FsTest, EveryWriteOfAppendGoesToTheEndWhoeverElseWrites) {
  make("log", "1");
  const auto one = system_fs().append(at("log"));
  const auto two = system_fs().append(at("log"));
  ASSERT_TRUE(one && two);
  EXPECT_TRUE((*one)->write("2"));
  EXPECT_TRUE((*two)->write("3"));
  EXPECT_TRUE((*one)->write("4"));
  EXPECT_EQ(text("log"), "1234");
  EXPECT_EQ(system_fs().append(at("none")).error().code, Code::kNotFound);
}

TEST_F(FsTest, TruncateAndOverwriteChangeWhatIsThereAndMakeNothing) {
  make("file", "0123456789");
  EXPECT_TRUE(system_fs().overwrite(at("file"), "abc"));
  EXPECT_EQ(text("file"), "abc3456789");
  EXPECT_TRUE(system_fs().truncate(at("file"), 4));
  EXPECT_EQ(text("file"), "abc3");
  EXPECT_EQ(system_fs().truncate(at("none"), 0).error().code, Code::kNotFound);
  EXPECT_EQ(system_fs().overwrite(at("none"), "x").error().code, Code::kNotFound);
  EXPECT_THAT(list_dir(dir_.path()).value(), ElementsAre("file"));
}

TEST_F(FsTest, RenameReplacesAFile) {
  make("old", "old");
  make("new", "new");
#ifndef _WIN32  // Where that depends on the file system.
  const auto reader = FileReader::open(at("old"));
#endif
  const Status renamed = system_fs().rename(at("new"), at("old"));
  ASSERT_TRUE(renamed) << renamed.error().message;
  EXPECT_EQ(text("old"), "new");
  EXPECT_EQ(system_fs().rename(at("new"), at("old")).error().code, Code::kNotFound);
}

TEST_F(FsTest, WriteDurablyReplacesAndLeavesNothingElse) {
  make("state", "first");
  make("state", "second");
  EXPECT_EQ(text("state"), "second");
  EXPECT_THAT(list_dir(dir_.path()).value(), ElementsAre("state"));
}

TEST_F(FsTest, OfTwoLinksToOneNameOneIsMade) {
  make("a", "a");
  make("b", "b");
  EXPECT_TRUE(system_fs().link(at("a"), at("name")));
  EXPECT_EQ(system_fs().link(at("b"), at("name")).error().code, Code::kConflict);
  EXPECT_EQ(text("name"), "a");
}

TEST_F(FsTest, RemoveOfWhatIsNotThereIsSuccess) {
  make("file", "x");
  EXPECT_TRUE(system_fs().remove(at("file")));
  EXPECT_TRUE(system_fs().remove(at("file")));
  EXPECT_TRUE(list_dir(dir_.path()).value().empty());
}

TEST_F(FsTest, FoldersAreMadeWithTheirParentsAndAreTheirUsersAlone) {
  EXPECT_TRUE(system_fs().make_dir(at("a/b/c")));
  EXPECT_TRUE(system_fs().make_dir(at("a/b/c")));
  EXPECT_FALSE(others_can_read(at("a/b/c")));
  EXPECT_TRUE(system_fs().sync_dir(at("a/b")));
  make("file", "x");
  EXPECT_FALSE(system_fs().make_dir(at("file/below")));
  EXPECT_EQ(system_fs().sync_dir(at("none")).error().code, Code::kNotFound);
}

TEST_F(FsTest, WhetherFilesCanBeMadeInAFolderIsToldAndLeavesNone) {
  EXPECT_TRUE(check_may_write_in(dir_.path()));
  EXPECT_FALSE(check_may_write_in(at("none")));
  EXPECT_TRUE(list_dir(dir_.path()).value().empty());
}

TEST_F(FsTest, WhatIsSharedIsNoLongerItsUsersAlone) {
  make("manifest", "x");
  EXPECT_FALSE(others_can_read(at("manifest")));
  EXPECT_TRUE(share(at("manifest"), Shared::kRead));
  EXPECT_EQ(text("manifest"), "x");
#ifndef _WIN32  // Where the folder around it decides.
  EXPECT_TRUE(others_can_read(at("manifest")));
#endif
  EXPECT_FALSE(share(at("none"), Shared::kRun));
}

TEST_F(FsTest, AFolderIsLockedOnceAndItsFilesCanBeUsedMeanwhile) {
  auto lock = system_fs().lock_dir(dir_.path());
  ASSERT_TRUE(lock) << lock.error().message;
  EXPECT_EQ(system_fs().lock_dir(dir_.path()).error().code, Code::kConflict);
  make("file", "x");
  EXPECT_EQ(text("file"), "x");
  lock->reset();
  EXPECT_TRUE(system_fs().lock_dir(dir_.path()));
  EXPECT_THAT(list_dir(dir_.path()).value(), ElementsAre("file")) << "nothing stays of a lock";
}

TEST_F(FsTest, ReadingBeginsAtAnOffsetAndAFolderIsNoFile) {
  make("file", "0123456789");
  auto reader = FileReader::open(at("file"), 7);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->file_size(), 10U);
  std::string rest(10, '\0');
  EXPECT_EQ(reader->read(rest.data(), rest.size()).value(), 3U);
  EXPECT_EQ(rest.substr(0, 3), "789");
  EXPECT_EQ(FileReader::open(dir_.path()).error().code, Code::kMalformed);
  EXPECT_EQ(FileReader::open(at("none")).error().code, Code::kNotFound);
}

TEST_F(FsTest, NamesInAnyScriptComeBackAsUtf8AndSortedByBytes) {
  make("z", "");
  make("ä", "umlaut");
  make("😂", "");
  EXPECT_THAT(list_dir(dir_.path()).value(), ElementsAre("z", "ä", "😂"));
  EXPECT_EQ(text("ä"), "umlaut");
  EXPECT_TRUE(list_dir(at("none")).value().empty());
  EXPECT_THAT(text("fehlt ß"), HasSubstr("fehlt ß"));
}

}  // namespace
}  // namespace affiant
