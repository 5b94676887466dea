// Layers beside the compiled-in tables: what each look-up says then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "knowledge/layer.h"
#include "knowledge/layer_owners.h"

namespace affiant::knowledge {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsNull;
using ::testing::NotNull;

Layer layer_named(const std::string& name) {
  Layer layer;
  layer.provenance = {name, "", std::string(64, '0'), "CC-BY-NC-SA-4.0"};
  return layer;
}

class LayersInUse : public ::testing::Test {
 protected:
  void TearDown() override { use_layers({}); }
};

TEST_F(LayersInUse, FillGapsAndNeverReplaceWhatTheTablesSay) {
  ASSERT_THAT(find_vendor("t.unheard-of.example"), IsNull());
  Layer layer = layer_named("mine");
  layer.hosts = {{"Somebody LLC", "Some Analytics", "analytics", "unheard-of.example", 0.5},
                 {"Wrong", "Wrong", "advertising", "google-analytics.com", -1},
                 {"Google LLC", "Google LLC", "advertising", "google-made-up.example", -1}};
  use_layers({layer});
  const Vendor* found = find_vendor("t.unheard-of.example");
  ASSERT_THAT(found, NotNull());
  EXPECT_EQ(found->owner, "Somebody LLC");
  EXPECT_EQ(found->product, "Some Analytics");
  EXPECT_EQ(found->category, "analytics");
  EXPECT_EQ(found->source, "mine");
  EXPECT_EQ(find_vendor("www.google-analytics.com")->product, "Google Analytics");
  EXPECT_EQ(find_vendor("google-made-up.example")->owner, "Google") << "one owner, one name";
  ASSERT_THAT(layers_say("www.google-analytics.com"), ::testing::SizeIs(1));
  EXPECT_EQ(layers_say("www.google-analytics.com")[0].host->owner, "Wrong");
}

TEST_F(LayersInUse, TheFirstWinsAndOlderRowsStayWhereTheyAre) {
  Layer a = layer_named("a"), b = layer_named("b");
  a.hosts = {{"A", "A", "analytics", "both.example", -1}};
  b.hosts = {{"B", "B", "advertising", "both.example", -1}};
  use_layers({a, b});
  const Vendor* first = find_vendor("both.example");
  EXPECT_EQ(first->owner, "A");
  use_layers({b});
  EXPECT_EQ(find_vendor("both.example")->owner, "B");
  EXPECT_EQ(first->owner, "A");
  use_layers({});
  EXPECT_THAT(find_vendor("both.example"), IsNull());
  EXPECT_THAT(layers_say("both.example"), IsEmpty());
}

TEST_F(LayersInUse, ANameThatMayBeAWordProvesNothing) {
  Layer layer = layer_named("mine");
  layer.hosts = {{"Basket", "Basket", "analytics", "bsk.example", -1},
                 {"Basket Metrics", "Basket Metrics", "analytics", "bm.example", -1},
                 {"Google LLC", "Hotjar", "analytics", "hj.example", -1}};
  use_layers({layer});
  EXPECT_TRUE(is_common_word("Basket"));
  EXPECT_FALSE(is_common_word("Basket Metrics"));
  EXPECT_FALSE(is_common_word("Hotjar")) << "a name of ours stays one";
  EXPECT_EQ(vendor_by_name("basket metrics")->host, "bm.example");
}

TEST_F(LayersInUse, CookiesAreAskedAfterOurs) {
  Layer layer = layer_named("cookies");
  layer.cookies = {{"_ga", "", "Wrong", "", "necessary", 0},
                   {"unheard_of_", "", "X", "", "analytics", 0},
                   {"unheard_*", "", "Mask", "why", "advertising", 60},
                   {"uid", "ads.unheard.example", "Ads", "", "advertising", -1}};
  use_layers({layer});
  EXPECT_EQ(find_cookie("_ga")->owner, "Google");
  ASSERT_THAT(find_cookie("unheard_of_it", ".shop.example"), NotNull());
  EXPECT_EQ(find_cookie("unheard_of_it", ".shop.example")->owner, "Mask");
  EXPECT_EQ(find_cookie("unheard_of_it")->source, "cookies");
  EXPECT_EQ(find_cookie("unheard_of_", "shop.example")->owner, "X");
  ASSERT_THAT(find_cookie("uid", ".ads.unheard.example"), NotNull());
  EXPECT_EQ(find_cookie("uid", ".ads.unheard.example")->owner, "Ads");
}

TEST_F(LayersInUse, AliasesOfSeveralListsMakeOneAnswer) {
  Layer pairs = layer_named("pairs"), sections = layer_named("sections");
  pairs.kind = LayerKind::kAliasPairs;
  sections.kind = LayerKind::kAliasSections;
  pairs.aliases = {{"m.shop.example", "in.vendor.example", ""}};
  sections.aliases = {{"m.shop.example", "", "vendor"}};
  use_layers({pairs, sections});
  const Alias* alias = find_alias("M.shop.example.");
  ASSERT_THAT(alias, NotNull());
  EXPECT_EQ(alias->target, "in.vendor.example");
  EXPECT_EQ(alias->vendor, "vendor");
  EXPECT_EQ(alias->layer, "pairs");
  EXPECT_THAT(find_alias("a.m.shop.example"), IsNull());
}

TEST_F(LayersInUse, AreNamedInTheProvenance) {
  Layer sections = layer_named("of a filter list");
  sections.kind = LayerKind::kAliasSections;
  use_layers({layer_named("mine"), sections});
  ASSERT_EQ(layer_provenance().size(), 1) << "a filter list is named by who asks it for rules";
  EXPECT_EQ(layer_provenance().front().source, "mine");
}

TEST(LayerOwners, LegalFormsAreNoPartOfAName) {
  EXPECT_EQ(without_legal_form("Criteo SA"), "criteo");
  EXPECT_EQ(without_legal_form("33Across, Inc."), "33across");
  EXPECT_EQ(without_legal_form("Acme Holding Co., Ltd."), "acme holding");
  EXPECT_EQ(without_legal_form("AG"), "ag");
}

TEST(LayerOwners, HostsNameAnOwnerOnlyWhereOursAgreeOnHalfOfThem) {
  Layer layer = layer_named("l");
  for (const char* host : {"one.example", "two.example", "three.example"})
    layer.hosts.push_back({"Bought One", "", "other", host, -1});
  layer.hosts.push_back({"Same", "", "other", "same.example", -1});
  const auto of_host = [](std::string_view host) {
    return host == "one.example" ? std::string_view("One") : host == "same.example" ? "Ours" : "";
  };
  const LayerOwners owners(layer, of_host, [](const std::string&) { return std::string_view(); });
  EXPECT_EQ(owners.of(layer.hosts[1]), "Bought One");
  EXPECT_EQ(owners.of(layer.hosts[3]), "Ours");
}

}  // namespace
}  // namespace affiant::knowledge
