// Whatever a site or a log says: the JSON is valid against the schema, the text is safe on a
// terminal and fits it.
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "base/bytes.h"
#include "random_report.h"
#include "report/text_layout.h"
#include "schema_check.h"

namespace affiant {
namespace {

constexpr int kRounds = 400;

std::string random_bytes(std::mt19937& engine) {
  std::string bytes(4'000, '\0');
  for (char& b : bytes) b = static_cast<char>(engine() & 0xFFU);
  return bytes;
}

TEST(Property, AnyReportRendersToJsonThatTheSchemaAccepts) {
  std::mt19937 engine(20260921);
  for (int i = 0; i < kRounds; ++i) {
    const std::string bytes = random_bytes(engine);
    test::Choices choices(bytes);
    const std::string json = report::render_json(test::random_report(choices));
    ASSERT_EQ(test::schema_problems(json), "") << "round " << i << "\n" << json;
    ASSERT_EQ(find_invalid_utf8(json), std::string::npos);
  }
}

TEST(Property, AnyReportRendersToTextWithoutControlCharactersThatFitsTheTerminal) {
  std::mt19937 engine(20260922);
  for (int i = 0; i < kRounds; ++i) {
    const std::string bytes = random_bytes(engine);
    test::Choices choices(bytes);
    report::TextOptions options;
    options.columns = 60 + i % 60;
    options.case_name = choices.text();
    const std::string text = report::render_text(test::random_report(choices), options);
    ASSERT_FALSE(text.empty());
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      ASSERT_EQ(printable(line, 100'000), line) << "round " << i;
      ASSERT_LE(report::display_width(line), static_cast<std::size_t>(options.columns))
          << "round " << i << ": " << line;
    }
  }
}

TEST(Property, RenderingTwiceGivesTheSameBytes) {
  std::mt19937 engine(20260923);
  const std::string bytes = random_bytes(engine);
  test::Choices once(bytes);
  test::Choices twice(bytes);
  const report::Report a = test::random_report(once);
  const report::Report b = test::random_report(twice);
  EXPECT_EQ(report::render_json(a), report::render_json(b));
  EXPECT_EQ(report::render_text(a, {}), report::render_text(b, {}));
}

}  // namespace
}  // namespace affiant
