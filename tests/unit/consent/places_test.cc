#include <gtest/gtest.h>

#include "consent/js_places.h"

namespace affiant::consent {
namespace {

TEST(Places, AreWhereANameGetsAValueAndNowhereElse) {
  const std::string_view code =
      "// settings = 1\n/* settings = 2 */ var s = 'settings = 3', r = /settings = 4/;\n"
      "if (settings == 5 || settings === 6) f(settings => 7);\n"
      "window.settings = {a: 1};\n`settings = ${ settings = 8 }`;\nmysettings = 9; settings2 = 10;";
  const std::vector<JsPlace> places = places_of(code, {"settings"}, "=");
  ASSERT_EQ(places.size(), 2U);
  EXPECT_TRUE(code.substr(places[0].at).starts_with(" {a: 1}"));
  EXPECT_TRUE(code.substr(places[1].at).starts_with(" 8 }"));
}

TEST(Places, MembersMayBeQuotedAndCallsAreTold) {
  const std::string_view code = "{\"list\": [1], list: [2], 'other': 3}; list(4); x ? 'list' : 5";
  const std::vector<JsPlace> places = places_of(code, {"list"}, ":(");
  ASSERT_EQ(places.size(), 4U);
  EXPECT_EQ(places[0].sign, ':');
  EXPECT_EQ(places[2].sign, '(');
}

TEST(Places, ScriptsOfAPageAreFoundButNotThoseInComments) {
  const std::string_view html =
      "<p>1 < 2</p><!-- <script>no</script> --><SCRIPT type='a>b'>one</Script "
      "><scripted>no</scripted>"
      "<script\nasync>two < three</script><script>cut";
  const std::vector<std::string_view> scripts = scripts_in(html);
  ASSERT_EQ(scripts.size(), 3U);
  EXPECT_EQ(scripts[0], "one");
  EXPECT_EQ(scripts[1], "two < three");
  EXPECT_EQ(scripts[2], "cut");
}

}  // namespace
}  // namespace affiant::consent
