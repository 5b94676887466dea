#include "observe/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "shared_data.h"

namespace affiant::observe {
namespace {

using testing::HasSubstr;

struct DocField {
  bool nullable = false, sensitive = false;
  bool operator==(const DocField&) const = default;
};
using DocKind = std::map<std::string, DocField>;

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

// The text without (…) and without fenced blocks.
std::string without_asides(const std::string& text) {
  std::string plain;
  int depth = 0;
  bool fenced = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "```") == 0) {
      fenced = !fenced;
      i += 2;
      continue;
    }
    if (fenced) continue;
    if (text[i] == '(') ++depth;
    if (depth == 0) plain += text[i];
    if (text[i] == ')' && depth > 0) --depth;
  }
  return plain;
}

// The fields a section lists: `name` in back quotes, with * and ? behind it, standing in a list.
// Back-quoted words inside prose have words beside them.
DocKind fields_of(const std::string& section, const std::map<std::string, DocKind>& before) {
  const std::string text = without_asides(section);
  DocKind fields;
  std::size_t at = 0;
  while ((at = text.find('`', at)) != std::string::npos) {
    const std::size_t end = text.find('`', at + 1);
    if (end == std::string::npos) break;
    const std::string name = text.substr(at + 1, end - at - 1);
    std::size_t after = end + 1;
    DocField field;
    for (; after < text.size() && (text[after] == '*' || text[after] == '?'); ++after)
      (text[after] == '*' ? field.sensitive : field.nullable) = true;
    std::string left = text.substr(0, at);
    while (!left.empty() && (left.back() == ' ' || left.back() == '\n')) left.pop_back();
    std::string right = text.substr(after, 20);
    right.erase(0, right.find_first_not_of(" \n"));
    const bool opens = left.empty() || std::string(".,:/").find(left.back()) != std::string::npos ||
                       (left.size() > 3 && left.substr(left.size() - 4) == " and");
    const bool closes = right.empty() || std::string(".,:/").find(right[0]) != std::string::npos ||
                        right.rfind("and ", 0) == 0;
    bool named = !name.empty();
    for (const char c : name) named = named && is_name_char(c);
    if (left.size() > 5 && left.substr(left.size() - 5) == "as in") {
      for (const auto& [k, v] : before.at(name))
        if (k != "cause" && k != "removed") fields[k] = v;
    } else if (named && opens && closes) {
      fields[name] = field;
    }
    at = after;
  }
  return fields;
}

std::map<std::string, DocKind> documented() {
  const std::string text =
      test::read_file(std::filesystem::path(AFFIANT_SOURCE_DIR) / "docs/protocol.md");
  const std::size_t events = text.find("\n## Events\n");
  EXPECT_NE(events, std::string::npos);
  std::map<std::string, DocKind> kinds;
  std::size_t at = text.find("\n### ", events);
  while (at != std::string::npos) {
    const std::size_t line_end = text.find('\n', at + 1);
    const std::string name = text.substr(at + 5, line_end - at - 5);
    const std::size_t next = text.find("\n### ", line_end - 1);
    std::string section = text.substr(line_end, next == std::string::npos ? next : next - line_end);
    section = section.substr(0, section.find("\n## "));
    kinds[name] = fields_of(section, kinds);
    at = next;
  }
  return kinds;
}

const std::set<std::string> kPlace{"tab", "frame", "top", "top_host", "frame_url", "frame_host"};
const std::set<std::string> kPageKinds{"request", "request.failed", "cookie.header",
                                       "cookie.script", "storage.set"};

TEST(Vocabulary, EveryDocumentedKindAndFieldIsInTheTable) {
  const auto docs = documented();
  ASSERT_GT(docs.size(), 20U);
  for (const auto& [name, fields] : docs) {
    const Kind* kind = find_kind(name);
    ASSERT_NE(kind, nullptr) << name;
    ASSERT_FALSE(fields.empty()) << name;
    for (const auto& [field, wanted] : fields) {
      bool found = false;
      for (const Field& f : kind->fields) {
        if (f.name != field) continue;
        found = true;
        EXPECT_EQ((DocField{f.nullable, f.sensitive}), wanted) << name << "." << field;
      }
      EXPECT_TRUE(found) << name << "." << field << " is documented but not in the table";
    }
  }
}

TEST(Vocabulary, EveryKindAndFieldOfTheTableIsDocumented) {
  const auto docs = documented();
  for (const Kind& kind : kinds()) {
    const auto it = docs.find(std::string(kind.name));
    ASSERT_NE(it, docs.end()) << kind.name;
    for (const Field& f : kind.fields) {
      const std::string name(f.name);
      if (name == "cut" || (kind.exhibit && name.rfind("exhibit", 0) == 0)) continue;
      if (kPageKinds.contains(std::string(kind.name)) && kPlace.contains(name)) continue;
      EXPECT_TRUE(it->second.contains(name)) << kind.name << "." << name;
    }
  }
}

TEST(Vocabulary, EveryKindMayNameItsCutFields) {
  for (const Kind& kind : kinds()) {
    bool cut = false;
    for (const Field& f : kind.fields) cut = cut || (f.name == "cut" && f.nullable);
    EXPECT_TRUE(cut) << kind.name;
  }
}

TEST(Vocabulary, OnlyTheHostWritesSessionsAndLogs) {
  for (const Kind& kind : kinds()) {
    const std::string_view n = kind.name;
    const bool host =
        n.rfind("log.", 0) == 0 || n.rfind("session.", 0) == 0 || n == "tick" || n == "policy.file";
    EXPECT_EQ(kind.from_extension, !host) << n;
  }
}

json::Value header_event() {
  return {{"rid", "7"},
          {"hop", 0},
          {"n", 0},
          {"url", "https://shop.test/a"},
          {"scheme", "https"},
          {"host", "shop.test"},
          {"head", "id="},
          {"value", "s3cret"},
          {"tail", "; Secure"},
          {"bytes", "utf-8"},
          {"type", "main_frame"},
          {"frame_host", nullptr},
          {"tab", 3},
          {"frame", 0},
          {"top", "https://shop.test/a"},
          {"top_host", "shop.test"}};
}

std::vector<std::string_view> texts(const EncodedBody& body) {
  std::vector<std::string_view> out;
  for (const auto& d : body.disclosures) out.push_back(d.text());
  return out;
}

TEST(EncodeBody, SensitiveFieldsLeaveTheBodyAndComeBack) {
  const auto encoded = encode_body(*find_kind("cookie.header"), header_event(), "event");
  ASSERT_TRUE(encoded) << encoded.error().message;
  EXPECT_EQ(encoded->bytes.find("s3cret"), std::string::npos);
  EXPECT_EQ(encoded->bytes.find("/a"), std::string::npos);
  EXPECT_EQ(encoded->disclosures.size(), 3U);
  const auto decoded = decode_body(encoded->bytes, texts(*encoded));
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(decoded->withheld, 0U);
  json::Value wanted = header_event();
  wanted.erase("frame_host");
  EXPECT_EQ(decoded->fields, wanted);
}

TEST(EncodeBody, DigestsAreSorted) {
  const auto encoded = encode_body(*find_kind("cookie.header"), header_event(), "event");
  ASSERT_TRUE(encoded);
  const auto body = json::parse(encoded->bytes, "body");
  ASSERT_TRUE(body);
  const auto digests = (*body)["_sd"].get<std::vector<std::string>>();
  EXPECT_TRUE(std::is_sorted(digests.begin(), digests.end()));
  EXPECT_EQ(digests.size(), 3U);
}

TEST(EncodeBody, WithheldFieldsAreCounted) {
  const auto encoded = encode_body(*find_kind("cookie.header"), header_event(), "event");
  ASSERT_TRUE(encoded);
  const auto decoded = decode_body(encoded->bytes, {encoded->disclosures[1].text()});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->withheld, 2U);
  EXPECT_TRUE(check_body(*find_kind("cookie.header"), decoded->fields, true, "body"));
  EXPECT_FALSE(check_body(*find_kind("cookie.header"), decoded->fields, false, "body"));
}

TEST(EncodeBody, ErrorsNameTheField) {
  const Kind& kind = *find_kind("cookie.header");
  const auto error_with = [&](const char* field, const json::Value& value) {
    json::Value event = header_event();
    event[field] = value;
    const auto result = encode_body(kind, event, "events[3].b");
    return result ? std::string("accepted") : result.error().message;
  };
  EXPECT_THAT(error_with("rid", 7), HasSubstr("events[3].b.rid: expected a string"));
  EXPECT_THAT(error_with("hop", -1), HasSubstr("events[3].b.hop: -1"));
  EXPECT_THAT(error_with("hop", 1.5), HasSubstr("a fraction"));
  EXPECT_THAT(error_with("host", nullptr), HasSubstr("\"host\" of a cookie.header is null"));
  EXPECT_THAT(error_with("surprise", 1), HasSubstr("unknown field \"surprise\""));
  EXPECT_THAT(error_with("_sd", json::Value::array()), HasSubstr("unknown field \"_sd\""));
  EXPECT_THAT(error_with("host", std::string(limits::kFieldBytes + 1, 'h')), HasSubstr("at most"));
  EXPECT_THAT(error_with("cut", json::Value::array({1})), HasSubstr("events[3].b.cut[0]"));
  EXPECT_EQ(error_with("tab", -1), "accepted");
  EXPECT_EQ(error_with("url", "https://a.test/" + std::string(limits::kFieldBytes + 1, 'p')),
            "accepted");
  json::Value event = header_event();
  event.erase("rid");
  EXPECT_THAT(encode_body(kind, event, "e").error().message,
              HasSubstr("\"rid\" of a cookie.header is missing"));
  EXPECT_FALSE(encode_body(kind, json::Value::array(), "e"));
}

TEST(EncodeBody, ABodyTooLargeForALogLineIsRefused) {
  json::Value event = header_event();
  event["head"] = std::string(32'000, 'h');
  event["tail"] = std::string(32'000, 't');
  const auto result = encode_body(*find_kind("cookie.header"), event, "event");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::kTooLarge);
}

TEST(DecodeBody, AForeignDisclosureIsRefused) {
  const auto encoded = encode_body(*find_kind("cookie.header"), header_event(), "event");
  ASSERT_TRUE(encoded);
  const auto foreign = evidence::make_disclosure("value", "\"forged\"");
  const auto decoded = decode_body(encoded->bytes, {foreign.text()});
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, Code::kBroken);
}

TEST(DecodeBody, ADisclosureMayNotTakeTheNameOfAnOpenField) {
  const auto forged = evidence::make_disclosure("host", "\"evil.test\"");
  const std::string body = R"({"_sd":[")" + forged.digest() + R"("],"host":"shop.test"})";
  EXPECT_EQ(decode_body(body, {forged.text()}).error().code, Code::kBroken);
  const auto reserved = evidence::make_disclosure("_sd", "[]");
  EXPECT_FALSE(decode_body(R"({"_sd":[")" + reserved.digest() + R"("]})", {reserved.text()}));
}

TEST(DecodeBody, ADisclosureGivenTwiceIsRefused) {
  const auto one = evidence::make_disclosure("value", "\"v\"");
  const std::string body = R"({"_sd":[")" + one.digest() + R"("]})";
  EXPECT_TRUE(decode_body(body, {one.text()}));
  EXPECT_FALSE(decode_body(body, {one.text(), one.text()}));
}

}  // namespace
}  // namespace affiant::observe
