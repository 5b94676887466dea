#include "demo_case.h"

#include <gtest/gtest.h>

#include <utility>

#include "evidence/identity.h"
#include "json/json.h"
#include "observe/vocabulary.h"

namespace affiant::test {
namespace {

using nlohmann::json;

constexpr const char* kShop = "https://shop.example/";

bool has_field(const observe::Kind& kind, std::string_view name) {
  for (const observe::Field& field : kind.fields)
    if (field.name == name) return true;
  return false;
}

json policy_blocks() {
  return {{"v", 1},
          {"url", "https://shop.example/privacy"},
          {"title", "Privacy"},
          {"lang", "en"},
          {"blocks",
           {{{"kind", "heading"}, {"level", 1}, {"text", "Privacy policy"}},
            {{"kind", "paragraph"}, {"text", kDemoPolicy}},
            {{"kind", "heading"}, {"level", 2}, {"text", "Cookies we use"}},
            {{"kind", "cell"},
             {"table", 0},
             {"row", 0},
             {"col", 0},
             {"header", true},
             {"rowspan", 1},
             {"colspan", 1},
             {"text", "Name"}},
            {{"kind", "cell"},
             {"table", 0},
             {"row", 0},
             {"col", 1},
             {"header", true},
             {"rowspan", 1},
             {"colspan", 1},
             {"text", "Purpose"}},
            {{"kind", "cell"},
             {"table", 0},
             {"row", 0},
             {"col", 2},
             {"header", true},
             {"rowspan", 1},
             {"colspan", 1},
             {"text", "Expiry"}},
            {{"kind", "cell"},
             {"table", 0},
             {"row", 1},
             {"col", 0},
             {"header", false},
             {"rowspan", 1},
             {"colspan", 1},
             {"text", "lang"}},
            {{"kind", "cell"},
             {"table", 0},
             {"row", 1},
             {"col", 1},
             {"header", false},
             {"rowspan", 1},
             {"colspan", 1},
             {"text", "Remembers your language"}},
            {{"kind", "cell"},
             {"table", 0},
             {"row", 1},
             {"col", 2},
             {"header", false},
             {"rowspan", 1},
             {"colspan", 1},
             {"text", "30 days"}},
            {{"kind", "paragraph"}, {"text", "We keep server logs for a week."}}}}};
}

json request(const std::string& rid, const std::string& url, const std::string& host,
             const std::string& type) {
  return {{"rid", rid},
          {"hop", 0},
          {"url", url},
          {"scheme", "https"},
          {"host", host},
          {"method", "GET"},
          {"type", type},
          {"status", 200},
          {"from_cache", false},
          {"redirect", nullptr},
          {"initiator", type == "main_frame" ? json(nullptr) : json("https://shop.example")},
          {"initiator_url", nullptr},
          {"document_url", nullptr},
          {"ip", "192.0.2.7"},
          {"content_type", nullptr},
          {"set_cookies", 1},
          {"headers", json::object()},
          {"parent_frame", nullptr}};
}

json cookie_header(const std::string& rid, const std::string& url, const std::string& host,
                   const std::string& name, const std::string& value, const std::string& tail,
                   const std::string& type) {
  return {{"rid", rid},         {"hop", 0},          {"n", 0},
          {"url", url},         {"scheme", "https"}, {"host", host},
          {"head", name + "="}, {"value", value},    {"tail", tail},
          {"type", type},       {"bytes", "utf-8"}};
}

json cookie(const std::string& name, const std::string& value, const std::string& domain,
            bool host_only, std::optional<std::int64_t> expires_ms) {
  return {{"name", name},
          {"value", value},
          {"domain", domain},
          {"host_only", host_only},
          {"path", "/"},
          {"secure", true},
          {"http_only", false},
          {"same_site", "lax"},
          {"session", !expires_ms},
          {"expires_ms", expires_ms ? json(*expires_ms) : json(nullptr)},
          {"partition_key", nullptr},
          {"store", "0"}};
}

json with(json object, const json& more) {
  object.update(more);
  return object;
}

}  // namespace

CaseWriter::CaseWriter(const std::filesystem::path& root, const std::string& name)
    : dir_(root / name) {
  const auto identity = evidence::Identity::load_or_create(root / "identity");
  EXPECT_TRUE(identity) << identity.error().to_string();
  auto log = evidence::CaseLog::create(dir_, *identity, {"shop.example", "affiant test"});
  EXPECT_TRUE(log) << log.error().to_string();
  log_ = std::move(*log);
}

void CaseWriter::append(const std::string& kind, std::uint64_t session, std::uint64_t seq,
                        const json& body) {
  const auto encoded = observe::encode_body(*observe::find_kind(kind), body, kind);
  ASSERT_TRUE(encoded) << encoded.error().to_string();
  evidence::NewEntry entry;
  entry.kind = kind;
  entry.session = session;
  entry.seq = seq;
  entry.time_ms = now_ms_;
  entry.body = encoded->bytes;
  entry.disclosures = encoded->disclosures;
  const auto index = log_->append(entry);
  ASSERT_TRUE(index) << index.error().to_string();
  now_ms_ += 100;
}

void CaseWriter::open() {
  append("session.open", 1, 0,
         {{"session", 1},
          {"boot", "b1"},
          {"browser", "chromium"},
          {"browser_version", "156.0"},
          {"extension_version", "0.1.0"},
          {"host_version", "0.1.0"},
          {"user_agent", "Mozilla/5.0"},
          {"url", kShop},
          {"host", "shop.example"},
          {"purpose", "audit"},
          {"phase", "no-choice"},
          {"gpc", false},
          {"third_party_cookies", "allowed"}});
}

void CaseWriter::event(const std::string& kind, json body,
                       const std::optional<std::string>& exhibit) {
  const observe::Kind* table = observe::find_kind(kind);
  ASSERT_NE(table, nullptr) << kind;
  if (has_field(*table, "top")) {
    json place = {{"tab", 1},           {"frame", 0},
                  {"top", kShop},       {"top_host", "shop.example"},
                  {"frame_url", kShop}, {"frame_host", "shop.example"}};
    place.update(body);
    body = std::move(place);
  }
  if (exhibit) {
    const auto digest = log_->add_exhibit(*exhibit);
    ASSERT_TRUE(digest) << digest.error().to_string();
    body["exhibit"] = *digest;
    body["exhibit_type"] = "application/vnd.affiant.blocks+json";
    body["exhibit_size"] = exhibit->size();
  }
  append(kind, 1, ++seq_, body);
}

void CaseWriter::close_and_seal() {
  append("session.close", 1, 0,
         {{"session", 1},
          {"received", seq_},
          {"last_q", seq_},
          {"reason", "plan-done"},
          {"detail", nullptr},
          {"by", "extension"}});
  const Status sealed = log_->seal(now_ms_);
  ASSERT_TRUE(sealed) << sealed.error().to_string();
  log_.reset();
}

std::filesystem::path write_demo_case(const std::filesystem::path& root) {
  CaseWriter w(root, "20260921-141320-000-shop.example");
  constexpr std::int64_t kYearOn = 1'790'000'000'000 + 31'536'000'000;
  w.open();
  w.event("page.start", {{"page", 0}, {"role", "site"}, {"url", kShop}, {"host", "shop.example"}});
  w.event("request", request("1", kShop, "shop.example", "main_frame"));
  w.event("cookie.header", cookie_header("1", kShop, "shop.example", "sid", "c0ffee42",
                                         "; Path=/; Secure; HttpOnly; SameSite=Lax", "main_frame"));
  w.event("cookie.change", with({{"cause", "explicit"}, {"removed", false}},
                                with(cookie("sid", "c0ffee42", "shop.example", true, std::nullopt),
                                     {{"http_only", true}})));
  w.event("cookie.script", {{"via", "document.cookie"},
                            {"head", "lang="},
                            {"value", "en"},
                            {"tail", "; Path=/; Secure; SameSite=Lax; Max-Age=31536000"},
                            {"script_url", "https://shop.example/app.js"},
                            {"script_host", "shop.example"},
                            {"stack", {"https://shop.example/app.js:3:12"}}});
  w.event("cookie.change", with({{"cause", "explicit"}, {"removed", false}},
                                cookie("lang", "en", "shop.example", true, kYearOn)));
  w.event("request", request("2", "https://ads.example/pixel.gif?u=1", "ads.example", "image"));
  w.event("cookie.header",
          cookie_header("2", "https://ads.example/pixel.gif?u=1", "ads.example", "uid",
                        "9f86d081884c7d65", "; Path=/; Secure; SameSite=None; Max-Age=31536000",
                        "image"));
  w.event("cookie.change",
          with({{"cause", "explicit"}, {"removed", false}},
               with(cookie("uid", "9f86d081884c7d65", "ads.example", true, kYearOn),
                    {{"same_site", "none"}})));
  w.event("storage.set", {{"area", "localStorage"},
                          {"op", "set"},
                          {"origin", "https://shop.example"},
                          {"key", "basket"},
                          {"value", "[]"},
                          {"size", 8},
                          {"via", "setItem"},
                          {"script_url", "https://shop.example/app.js"},
                          {"script_host", "shop.example"},
                          {"stack", {"https://shop.example/app.js:9:1"}}});
  w.event("page.done", {{"page", 0},
                        {"role", "site"},
                        {"url", kShop},
                        {"host", "shop.example"},
                        {"result", "loaded"},
                        {"status", 200},
                        {"error", nullptr},
                        {"quiet", true},
                        {"elapsed_ms", 3'400}});
  w.event("policy.link", {{"url", "https://shop.example/privacy"},
                          {"host", "shop.example"},
                          {"text", "Privacy"},
                          {"kind", "privacy-policy"},
                          {"score", 10},
                          {"page", 0},
                          {"chosen", true}});
  w.event("policy.page",
          {{"url", "https://shop.example/privacy"},
           {"host", "shop.example"},
           {"kind", "privacy-policy"},
           {"result", "captured"},
           {"status", 200},
           {"content_type", "text/html"},
           {"title", "Privacy"},
           {"language", "en"},
           {"link_text", "Privacy"}},
          policy_blocks().dump());
  w.event("cookie.jar", with({{"when", "final"}},
                             with(cookie("sid", "c0ffee42", "shop.example", true, std::nullopt),
                                  {{"http_only", true}})));
  w.event("cookie.jar",
          with({{"when", "final"}}, cookie("lang", "en", "shop.example", true, kYearOn)));
  w.event("cookie.jar", with({{"when", "final"}},
                             with(cookie("uid", "9f86d081884c7d65", "ads.example", true, kYearOn),
                                  {{"same_site", "none"}})));
  w.event("cookie.jar.done", {{"when", "final"}, {"count", 3}});
  w.close_and_seal();
  return w.dir();
}

}  // namespace affiant::test
