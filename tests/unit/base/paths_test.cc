#include "base/paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/user.h"

namespace affiant {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Environment with(std::map<std::string, std::string> set) {
  return [set = std::move(set)](const char* name) {
    const auto it = set.find(name);
    return it == set.end() ? std::string() : it->second;
  };
}

TEST(Paths, Utf8GoesInAndComesOutTheSame) {
  for (const char* text : {"a", "é", "€", "😂", "über/straße"})
    EXPECT_EQ(to_utf8(from_utf8(text)), text);
}

TEST(Paths, TheRunningProgramIsAFileThatCanBeStarted) {
  const auto program = program_file();
  ASSERT_TRUE(program) << program.error().message;
  EXPECT_TRUE(program->is_absolute());
  EXPECT_TRUE(is_program(*program));
  EXPECT_FALSE(is_program(program->parent_path()));
  EXPECT_THAT(to_utf8(program->filename()), testing::StartsWith("base_test"));
}

TEST(Paths, AVariableThatIsNotSetIsEmpty) {
  EXPECT_EQ(process_environment("AFFIANT_NO_SUCH_VARIABLE"), "");
  EXPECT_NE(process_environment("PATH"), "");
}

#ifdef _WIN32
TEST(Paths, APersonsFoldersAreThoseOfTheSystem) {
  const auto set = with({{"LOCALAPPDATA", "C:\\Users\\Jörg\\AppData\\Local"},
                         {"APPDATA", "C:\\Users\\Jörg\\AppData\\Roaming"},
                         {"USERPROFILE", "C:\\Users\\Jörg"}});
  EXPECT_EQ(to_utf8(own_folder(Folder::kData, set).value()),
            "C:\\Users\\Jörg\\AppData\\Local\\affiant");
  EXPECT_EQ(to_utf8(own_folder(Folder::kConfig, set).value()),
            "C:\\Users\\Jörg\\AppData\\Roaming\\affiant");
  EXPECT_EQ(to_utf8(home_folder(set)), "C:\\Users\\Jörg");
  EXPECT_EQ(own_folder(Folder::kData, with({{"LOCALAPPDATA", "relative"}})).error().code,
            Code::kUsage);
}

TEST(Paths, RelativeFoldersOfAListAreLeftOut) {
  EXPECT_THAT(folders_in("C:\\a;b;;D:\\c"), ElementsAre(from_utf8("C:\\a"), from_utf8("D:\\c")));
  EXPECT_TRUE(folders_in("").empty());
}
#else
TEST(Paths, APersonsFoldersAreThoseOfXdgElseThoseOfTheHome) {
  EXPECT_EQ(own_folder(Folder::kData, with({{"XDG_DATA_HOME", "/d"}, {"HOME", "/h"}})).value(),
            "/d/affiant");
  const auto home = with({{"XDG_CONFIG_HOME", "relative"}, {"HOME", "/h"}});
  EXPECT_EQ(own_folder(Folder::kConfig, home).value(), "/h/.config/affiant");
  EXPECT_EQ(own_folder(Folder::kData, home).value(), "/h/.local/share/affiant");
  EXPECT_EQ(home_folder(home), "/h");
  EXPECT_THAT(own_folder(Folder::kData, with({})).error().message, HasSubstr("AFFIANT_HOME"));
}

TEST(Paths, RelativeFoldersOfAListAreLeftOut) {
  EXPECT_THAT(folders_in("/a:b::/c"), ElementsAre("/a", "/c"));
  EXPECT_TRUE(folders_in("").empty());
}
#endif

}  // namespace
}  // namespace affiant
