// The tables themselves: every row is well formed, cited, and reachable.
#include "knowledge/tables.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "knowledge/knowledge.h"

namespace affiant::knowledge {
namespace {

const std::set<std::string_view> kCategories = {"advertising",
                                                "analytics",
                                                "social",
                                                "tag-manager",
                                                "session-replay",
                                                "fingerprinting",
                                                "customer-support",
                                                "payment",
                                                "consent-manager",
                                                "cdn",
                                                "fonts",
                                                "video",
                                                "security",
                                                "login",
                                                "other"};

TEST(Tables, CompiledInTextIsTheFileInTheRepository) {
  for (const EmbeddedTable* table : {&k_vendors_table, &k_owners_table, &k_cookies_table}) {
    std::ifstream in(
        std::string(AFFIANT_SOURCE_DIR "/host/knowledge/data/") + std::string(table->name),
        std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(in), {}};
    EXPECT_FALSE(file.empty());
    EXPECT_EQ(file, table->text) << table->name;
    EXPECT_EQ(table->sha256.size(), 64U);
  }
}

TEST(Tables, EveryVendorRowIsWellFormedCitedAndFound) {
  std::size_t bad = 0, hosts = 0;
  std::set<std::string_view> seen;
  for (const Row& row : parse_rows(k_vendors_table.text, 6, &bad)) {
    EXPECT_FALSE(row[0].empty());
    EXPECT_FALSE(row[1].empty());
    EXPECT_TRUE(kCategories.contains(row[2])) << row[1] << ": " << row[2];
    EXPECT_EQ(lower(row[4]), row[4]) << row[1] << ": aliases are lower case";
    EXPECT_TRUE(row[5].starts_with("https://")) << row[1] << " is not cited";
    for (const std::string_view host : split(row[3], ' ')) {
      EXPECT_TRUE(seen.insert(host).second) << host << " twice";
      EXPECT_EQ(lower(host), host);
      const Vendor* found = find_vendor(host);
      ASSERT_NE(found, nullptr) << host;
      EXPECT_EQ(found->product, row[1]) << host;
      ++hosts;
    }
  }
  EXPECT_EQ(bad, 0U);
  EXPECT_GE(hosts, 120U);
}

TEST(Tables, EveryOwnerWithNamesHasAProduct) {
  std::size_t bad = 0;
  std::set<std::string_view> owners;
  for (const Row& row : parse_rows(k_vendors_table.text, 6)) owners.insert(row[0]);
  for (const Row& row : parse_rows(k_owners_table.text, 3, &bad)) {
    EXPECT_TRUE(owners.contains(row[0])) << row[0];
    EXPECT_EQ(lower(row[1]), row[1]);
    EXPECT_TRUE(row[2].starts_with("https://"));
  }
  EXPECT_EQ(bad, 0U);
}

TEST(Tables, EveryCookieRowIsWellFormedCitedAndHasAReadableLifetime) {
  std::size_t bad = 0, count = 0;
  const std::set<std::string_view> categories = {"necessary", "functional", "analytics",
                                                 "advertising", "social"};
  for (const Row& row : parse_rows(k_cookies_table.text, 7, &bad)) {
    ++count;
    EXPECT_TRUE(categories.contains(row[4])) << row[0];
    EXPECT_TRUE(row[6].starts_with("https://")) << row[0] << " is not cited";
    if (row[1].empty()) {
      EXPECT_NE(find_cookie(row[0], "shop.example"), nullptr) << row[0];
    }
    const KnownCookie* by_name = find_cookie(row[0]);
    ASSERT_NE(by_name, nullptr) << row[0];
    if (row[5] != "-" && by_name->pattern == row[0] && by_name->domains == row[1]) {
      EXPECT_GE(by_name->lifetime_s, 0) << row[0] << ": " << row[5];
    }
  }
  EXPECT_EQ(bad, 0U);
  EXPECT_GE(count, 80U);
}

TEST(Tables, ARowWithTooFewOrTooManyCellsIsLeftOutAndCounted) {
  std::size_t bad = 0;
  const auto rows = parse_rows("# note\na\tb\n\nc\td\te\nf\n", 2, &bad);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0][1], "b");
  EXPECT_EQ(bad, 2U);
}

}  // namespace
}  // namespace affiant::knowledge
