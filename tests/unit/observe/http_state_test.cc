// The IETF working group's parser tests (http-state), read from the development data. They were
// written for RFC 6265; where the standard has moved on since, the case is named here with the
// reason, and must then really differ.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "observe/cookie_date.h"
#include "observe/cookie_store.h"
#include "shared_data.h"

namespace affiant::observe {
namespace {

constexpr const char* kNameless =
    "RFC 6265 ignored a pair without \"=\" or without a name; RFC 6265bis stores a nameless cookie "
    "(5.6 step 3)";
constexpr const char* kEscapes = "disabled there: no standard decodes %XX before paths are matched";
constexpr const char* kControl =
    "disabled there: RFC 6265bis refuses control characters (5.6 step 1)";
constexpr const char* kEquals = "Chromium refuses a nameless cookie whose value holds \"=\"";

// Case to reason, by profile. Nothing else may differ.
const std::map<std::string, const char*> kBis{{"0021", kNameless},
                                              {"0023", kNameless},
                                              {"0025", kNameless},
                                              {"0027", kNameless},
                                              {"chromium0009", kNameless},
                                              {"disabled-chromium0022", kControl},
                                              {"disabled-path0029", kEscapes},
                                              {"mozilla0012", kNameless},
                                              {"mozilla0014", kNameless},
                                              {"mozilla0016", kNameless},
                                              {"name0017", kNameless},
                                              {"name0023", kNameless},
                                              {"name0025", kNameless},
                                              {"name0031", kNameless},
                                              {"name0033", kNameless}};

// Where Chromium agrees with the old tests again.
const std::map<std::string, const char*> kChromiumAgain{{"name0017", kEquals},
                                                        {"name0025", kEquals}};

std::string run(const std::string& name, Engine engine) {
  static const site::SiteTable sites = *site::SiteTable::built_in();
  const std::string text =
      test::read_file(test::shared_data("vectors/http-state/parser/" + name + "-test"));
  const std::string base = "http://home.example.org:8888";
  std::string target = base + "/cookie-parser-result?" + name;
  SetContext set;
  set.url = *site::parse_url(base + "/cookie-parser?" + name);
  set.now_ms = *parse_rfc3339(
      "2011-01-01T00:00:00Z");  // As old as the tests: some dates were ahead of them.
  set.top_level = true;
  CookieStore store(engine, &sites);
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.rfind("Set-Cookie:", 0) == 0) store.receive(line.substr(11), set);
    if (line.rfind("Location: ", 0) == 0)
      target = line[10] == '/' ? base + line.substr(10) : line.substr(10);
  }
  SendContext send;
  send.url = *site::parse_url(target);
  send.now_ms = set.now_ms;
  return store.cookie_header(send);
}

std::string expected(const std::string& name) {
  std::string text =
      test::read_file(test::shared_data("vectors/http-state/parser/" + name + "-expected"));
  text = text.substr(0, text.find_first_of("\r\n"));
  return text.rfind("Cookie: ", 0) == 0 ? text.substr(8) : "";
}

void run_all(Engine engine) {
  std::size_t cases = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(test::shared_data("vectors/http-state/parser"))) {
    std::string name = entry.path().filename().string();
    if (name.size() < 5 || name.substr(name.size() - 5) != "-test") continue;
    name.resize(name.size() - 5);
    ++cases;
    const auto moved = kBis.find(name);
    const bool differs =
        moved != kBis.end() && !(engine == Engine::kChromium && kChromiumAgain.contains(name));
    if (differs)
      EXPECT_NE(run(name, engine), expected(name))
          << name << " is listed as moved on: " << moved->second;
    else
      EXPECT_EQ(run(name, engine), expected(name)) << name;
  }
  EXPECT_GT(cases, 100U);
}

TEST(HttpState, EveryParserTestHoldsUnderTheStandard) {
  AFFIANT_NEEDS_SHARED("vectors/http-state/parser");
  run_all(Engine::kRfc6265bis);
}

TEST(HttpState, EveryParserTestHoldsUnderChromium) {
  AFFIANT_NEEDS_SHARED("vectors/http-state/parser");
  run_all(Engine::kChromium);
}

}  // namespace
}  // namespace affiant::observe
