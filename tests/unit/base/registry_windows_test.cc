#include <gtest/gtest.h>

#include "base/registry.h"

namespace affiant {
namespace {

const std::string kOurs = "HKEY_CURRENT_USER\\Software\\Affiant Test";

TEST(Registry, AKeyIsMadeReadChangedAndRemoved) {
  Registry& registry = system_registry();
  const std::string key = kOurs + "\\app.affiant.host";
  ASSERT_TRUE(registry.remove(key));
  EXPECT_FALSE(registry.get(key)->has_value());
  ASSERT_TRUE(registry.set(key, "C:\\Über uns\\manifest.json"));
  EXPECT_EQ(registry.get(key)->value(), "C:\\Über uns\\manifest.json");
  ASSERT_TRUE(registry.set(key, ""));
  EXPECT_EQ(registry.get(key)->value(), "");
  EXPECT_FALSE(registry.remove(kOurs)) << "a key is below it";
  EXPECT_TRUE(registry.remove(key));
  EXPECT_TRUE(registry.remove(key)) << "absent is success";
  EXPECT_FALSE(registry.get(key)->has_value());
  EXPECT_TRUE(registry.remove(kOurs));
}

TEST(Registry, ABeginningOfNoHiveAndWhatIsNotUtf8AreRefused) {
  EXPECT_EQ(system_registry().get("HKEY_USERS\\x").error().code, Code::kUsage);
  EXPECT_EQ(system_registry().set("HKEY_CURRENT_USER\\\xff", "x").error().code, Code::kMalformed);
  EXPECT_EQ(system_registry().set(kOurs, "\xff").error().code, Code::kMalformed);
}

}  // namespace
}  // namespace affiant
