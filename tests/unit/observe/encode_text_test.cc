// encode_text() against encode_body(): bodies made up for every kind of the table, then spoilt.
#include <gtest/gtest.h>

#include <random>

#include "base/bytes.h"
#include "observe/vocabulary.h"

namespace affiant::observe {
namespace {

std::vector<std::string_view> texts(const EncodedBody& body) {
  std::vector<std::string_view> out;
  for (const auto& d : body.disclosures) out.push_back(d.text());
  return out;
}

json::Value made_up(const Field& field, std::mt19937& random) {
  static const char* const kTexts[] = {"",       "a",          "é€😂",
                                       "q\"b\\", "line\n\x01", "https://t.test/?a=1"};
  const auto text = [&] { return std::string(kTexts[random() % std::size(kTexts)]); };
  switch (field.type) {
    case FieldType::kString:
      return text();
    case FieldType::kInteger:
      return random() % 4 == 0 ? field.min : static_cast<std::int64_t>(random());
    case FieldType::kBoolean:
      return random() % 2 == 0;
    case FieldType::kStringList: {
      json::Value list = json::Value::array();
      for (auto n = random() % 4; n > 0; --n) list.push_back(text());
      return list;
    }
    case FieldType::kStringMap: {
      json::Value map = json::Value::object();
      for (auto n = random() % 4; n > 0; --n) map["h" + std::to_string(random() % 9)] = text();
      return map;
    }
  }
  return nullptr;
}

// Members in an order of chance, as JSON.stringify() would spell them.
std::string spelled(const Kind& kind, std::mt19937& random) {
  std::vector<const Field*> fields;
  for (const Field& field : kind.fields) fields.push_back(&field);
  if (random() % 2 == 0) std::shuffle(fields.begin(), fields.end(), random);
  std::string out = "{";
  for (const Field* field : fields) {
    if (field->nullable && random() % 3 == 0) continue;
    const bool null = field->nullable && random() % 3 == 0;
    out += (out.size() > 1 ? ",\"" : "\"") + std::string(field->name) + "\":";
    out += null ? "null" : json::canonical(made_up(*field, random)).value();
  }
  return out + '}';
}

// True when the short way was taken.
bool compare(const Kind& kind, const std::string& text) {
  if (find_invalid_utf8(text) != std::string_view::npos) return false;
  const auto quick = encode_text(kind, text);
  if (!quick) return false;
  const auto tree = json::parse(text, "body");
  EXPECT_TRUE(tree) << text;
  if (!tree) return true;
  const auto slow = encode_body(kind, *tree, "body");
  EXPECT_TRUE(slow) << text;
  if (!slow) return true;
  EXPECT_EQ(quick->disclosures.size(), slow->disclosures.size()) << text;
  EXPECT_EQ(quick->bytes.size(), slow->bytes.size()) << text;
  const auto a = decode_body(quick->bytes, texts(*quick));
  const auto b = decode_body(slow->bytes, texts(*slow));
  EXPECT_TRUE(a && b && a->fields == b->fields && a->withheld == 0) << text;
  EXPECT_TRUE(json::is_canonical(quick->bytes)) << quick->bytes;
  return true;
}

TEST(EncodeText, EveryKindInOrderIsTakenAndIsWhatTheLongWayWrites) {
  std::mt19937 random(7);
  for (const Kind& kind : kinds())
    for (int n = 0; n < 100; ++n) {
      const std::string text = spelled(kind, random);
      EXPECT_TRUE(compare(kind, text)) << kind.name << ' ' << text;
    }
}

TEST(EncodeText, SpoiltTextsAreLeftToTheLongWayOrReadAlike) {
  std::mt19937 random(8);
  constexpr std::string_view kBytes = "\"\\{}[],:0123456789-.eEtfnu x\x01\xC3";
  for (const Kind& kind : kinds())
    for (int n = 0; n < 300; ++n) {
      std::string text = spelled(kind, random);
      for (auto changes = 1 + random() % 3; changes > 0; --changes)
        text[random() % text.size()] = kBytes[random() % kBytes.size()];
      compare(kind, text);
    }
}

TEST(EncodeText, WhatIsMissingUnknownTwiceMistypedOrTooLongIsLeftToTheLongWay) {
  const Kind& note = *find_kind("recorder.note");
  EXPECT_TRUE(encode_text(note, R"({"code":"c","detail":"d"})"));
  EXPECT_FALSE(encode_text(note, R"({"detail":"d"})"));
  EXPECT_FALSE(encode_text(note, R"({"code":"c","detail":"d","x":1})"));
  EXPECT_FALSE(encode_text(note, R"({"code":"c","code":"c"})"));
  EXPECT_FALSE(encode_text(note, R"({"code":1})"));
  EXPECT_FALSE(encode_text(note, R"({"code":null})"));
  EXPECT_FALSE(encode_text(note, R"({"code":"c"} )"));
  EXPECT_FALSE(encode_text(note, R"({"code":"\u0041"})"));
  EXPECT_FALSE(encode_text(note, "{\"code\":\"" + std::string(70'000, 'x') + "\"}"));
  EXPECT_FALSE(encode_text(note, ""));
}

}  // namespace
}  // namespace affiant::observe
