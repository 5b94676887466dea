// What the HTML report holds beside the report: texts that fit their spans, and entries that prove
// themselves.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "demo_case.h"
#include "evidence/merkle.h"
#include "report/report.h"

namespace affiant {
namespace {

using Json = nlohmann::json;

Json part(const std::string& html, const std::string& id) {
  const std::string open = "<script type=\"application/json\" id=\"" + id + "\">";
  const std::size_t at = html.find(open) + open.size();
  return Json::parse(html.substr(at, html.find("</script>", at) - at));
}

report::BuildOptions with_log() {
  report::BuildOptions options;
  options.generated_at = "2026-09-21T15:00:00Z";
  options.with_log = true;
  return options;
}

class HtmlReport : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto sites = site::SiteTable::built_in();
    const auto report =
        report::build_report(test::write_demo_case(temp_.path()), *sites, with_log());
    ASSERT_TRUE(report) << report.error().to_string();
    html_ = report::render_html(*report);
    report_ = part(html_, "report");
    proofs_ = part(html_, "proofs");
  }
  test::TempDir temp_;
  std::string html_;
  Json report_, proofs_;
};

evidence::Hash hash_of(const Json& base64) {
  const Bytes bytes = base64_decode(base64.get<std::string>()).value();
  evidence::Hash out{};
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

TEST_F(HtmlReport, EveryCitedEntryIsThereWithAProofThatLeadsToTheRoot) {
  std::set<std::uint64_t> there;
  for (const Json& entry : proofs_["entries"]) {
    const auto line = entry["line"].get<std::string>();
    there.insert(entry["i"].get<std::uint64_t>());
    std::vector<evidence::Hash> path;
    for (const Json& place : entry["path"])
      path.push_back(hash_of(proofs_["hashes"][place.get<std::size_t>()]));
    EXPECT_TRUE(evidence::verify_inclusion(entry["i"], report_["case"]["tree_size"],
                                           evidence::leaf_hash(line), path,
                                           hash_of(report_["case"]["root"])))
        << entry["i"];
  }
  for (const char* list : {"findings", "cookies", "storage", "requests", "techniques"})
    for (const Json& item : report_[list])
      for (const Json& entry : item["entries"])
        EXPECT_TRUE(there.contains(entry.get<std::uint64_t>())) << list << " " << entry;
  EXPECT_EQ(proofs_["left_out"], 0);
}

TEST_F(HtmlReport, ASpanOfAStatementIsItsQuotationInTheBlocks) {
  const Json texts = part(html_, "texts");
  ASSERT_EQ(texts.size(), 1U);
  for (const Json& statement : report_["declaration"]["statements"]) {
    bool found = false;
    for (const Json& block : texts[0]["blocks"]) {
      const auto text = block["text"].get<std::string>();
      const auto start = statement["start"].get<std::size_t>();
      const auto at = block["at"].get<std::size_t>();
      if (start < at || start >= at + text.size()) continue;
      const auto end = statement["end"].get<std::size_t>();
      found = text.substr(start - at, end - start) == statement["quote"].get<std::string>();
    }
    EXPECT_TRUE(found) << statement["quote"];
  }
  EXPECT_EQ(texts[0]["blocks"][0]["kind"], "heading");
}

TEST_F(HtmlReport, EveryEntryHasItsTimeAndSessionAndPagesAreMarked) {
  const std::size_t size = report_["case"]["tree_size"];
  EXPECT_EQ(proofs_["times"].size(), size);
  std::size_t counted = 0;
  for (const Json& run : proofs_["sessions"]) counted += run[1].get<std::size_t>();
  EXPECT_EQ(counted, size);
  ASSERT_FALSE(proofs_["marks"].empty());
  EXPECT_EQ(proofs_["marks"][0]["text"], "https://shop.example/");
}

TEST_F(HtmlReport, ValuesOfCookiesStayInTheCase) {
  for (const Json& entry : proofs_["entries"])
    for (const Json& disclosure : entry["d"]) {
      const Bytes plain = base64url_decode(disclosure.get<std::string>()).value();
      EXPECT_NE(Json::parse(as_text(plain))[1], "value");
    }
}

TEST_F(HtmlReport, WithoutTheLogThePageSaysSo) {
  auto options = with_log();
  options.with_log = false;
  const test::TempDir temp;
  const auto report = report::build_report(test::write_demo_case(temp.path()),
                                           *site::SiteTable::built_in(), options);
  EXPECT_TRUE(part(report::render_html(*report), "proofs").is_null());
}

}  // namespace
}  // namespace affiant
