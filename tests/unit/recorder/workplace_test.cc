#include "recorder/workplace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "json/json.h"
#include "recorder/caller.h"
#include "unit/base/temp_dir.h"

namespace affiant::recorder {
namespace {

using testing::HasSubstr;

Result<Workplace> find_with(const std::map<std::string, std::string>& set) {
  return find_workplace([&](const char* name) {
    const auto it = set.find(name);
    return it == set.end() ? std::string() : it->second;
  });
}

TEST(Workplace, OwnFolderComesBeforeTheXdgFoldersAndThoseBeforeHome) {
  const auto own = find_with({{"AFFIANT_HOME", "/a"}, {"XDG_DATA_HOME", "/d"}, {"HOME", "/h"}});
  EXPECT_EQ(own->cases_dir, "/a/cases");
  EXPECT_EQ(own->identity_dir, "/a/identity");
  const auto xdg = find_with({{"XDG_DATA_HOME", "/d"}, {"XDG_CONFIG_HOME", "/c"}, {"HOME", "/h"}});
  EXPECT_EQ(xdg->cases_dir, "/d/affiant/cases");
  EXPECT_EQ(xdg->identity_dir, "/c/affiant/identity");
  const auto home = find_with({{"XDG_DATA_HOME", "relative"}, {"HOME", "/h"}});
  EXPECT_EQ(home->cases_dir, "/h/.local/share/affiant/cases");
  EXPECT_EQ(home->identity_dir, "/h/.config/affiant/identity");
  EXPECT_EQ(find_with({}).error().code, Code::kUsage);
  EXPECT_EQ(find_with({{"AFFIANT_HOME", "here"}}).error().code, Code::kUsage);
}

TEST(Workplace, PlanIsReadStrictly) {
  const test::TempDir temp;
  const json::Value good = {{"url", "https://shop.example/"},
                            {"pages", 2},
                            {"quiet_ms", 3000},
                            {"timeout_ms", 60'000},
                            {"policy", nullptr},
                            {"discover_policy", true},
                            {"phase", "no-choice"},
                            {"gpc", false},
                            {"third_party_cookies", "allow"},
                            {"case", "/tmp/case"},
                            {"identity_dir", "/tmp/identity"}};
  const auto error_of = [&](const std::string& text) {
    std::ofstream(temp.path() / "plan.json") << text;
    const auto place = find_with({{"AFFIANT_RUN", temp.path().string()}});
    return place ? "accepted" : place.error().to_string();
  };
  EXPECT_THAT(find_with({{"AFFIANT_RUN", temp.path().string()}}).error().to_string(),
              HasSubstr("not-found: "));
  EXPECT_EQ(error_of(good.dump()), "accepted");
  const auto place = find_with({{"AFFIANT_RUN", temp.path().string()}});
  EXPECT_EQ(place->case_dir, "/tmp/case");
  EXPECT_EQ(place->progress_file, temp.path() / "progress.jsonl");
  EXPECT_EQ(place->plan->pages, 2);
  for (const auto& item : good.items()) {
    if (item.key() == "policy") continue;  // The one that may be null.
    json::Value bad = good;
    bad.erase(item.key());
    EXPECT_THAT(error_of(bad.dump()), HasSubstr("\"" + item.key() + "\" is missing"));
    bad[item.key()] = json::Value::array();
    EXPECT_THAT(error_of(bad.dump()), HasSubstr("plan.json." + item.key() + ": expected"));
  }
  json::Value bad = good;
  bad["case"] = "relative";
  EXPECT_THAT(error_of(bad.dump()), HasSubstr("not an absolute path"));
  EXPECT_THAT(error_of(std::string(limits::kPlanBytes + 1, ' ')), HasSubstr("kPlanBytes"));
  EXPECT_THAT(error_of(R"({"url":"a","url":"b"})"), HasSubstr("duplicate key"));
}

TEST(CaseName, SortsByTimeAndIsSafeAsAFileName) {
  const auto name = new_case_name(1'790'000'000'123, "[::1]/../x", system_random());
  ASSERT_TRUE(name);
  EXPECT_TRUE(name->starts_with("20260921-141320-123-_")) << *name;
  EXPECT_EQ(name->find_first_of("/:[]"), std::string::npos) << *name;
  EXPECT_NE(*name, *new_case_name(1'790'000'000'123, "[::1]/../x", system_random()));
  EXPECT_LT(new_case_name(0, std::string(5000, 'h'), system_random())->size(), 200U);
}

TEST(Caller, IsKnownByWhatEachBrowserPasses) {
  const auto chromium = identify_caller({"chrome-extension://abc/"});
  EXPECT_EQ(chromium->browser, "chromium");
  EXPECT_EQ(chromium->extension_id, "abc");
  const auto firefox = identify_caller({"/usr/lib/mozilla/x.json", "me@example"});
  EXPECT_EQ(firefox->browser, "firefox");
  EXPECT_EQ(firefox->extension_id, "me@example");
  for (const std::vector<std::string>& other :
       {std::vector<std::string>{}, {"audit"}, {"/x.json"}, {"https://abc/"}})
    EXPECT_EQ(identify_caller(other).error().code, Code::kUsage);
  const AllowedIds allowed{{"abc"}, {"me@example"}};
  EXPECT_TRUE(check_caller(*chromium, allowed, {}));
  EXPECT_TRUE(check_caller(*firefox, allowed, {}));
  EXPECT_FALSE(check_caller({"chromium", "me@example"}, allowed, {})) << "each id for its browser";
  EXPECT_TRUE(check_caller({"chromium", "more"}, allowed, {"more"}));
}

}  // namespace
}  // namespace affiant::recorder
