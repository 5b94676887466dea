// Read back from a real case: written by the log, signed, sealed, verified.
#include "observe/observations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "evidence/case_log.h"
#include "evidence/identity.h"
#include "observe/stories.h"
#include "observe/vocabulary.h"

namespace affiant::observe {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class ObservationsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "affiant-observe-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    auto identity = evidence::Identity::load_or_create(root_ / "identity");
    ASSERT_TRUE(identity) << identity.error().message;
    auto log = evidence::CaseLog::create(dir(), *identity, {"www.shop.test", "affiant test"});
    ASSERT_TRUE(log) << log.error().message;
    log_ = std::make_unique<evidence::CaseLog>(std::move(*log));
  }
  void TearDown() override {
    log_.reset();
    fs::remove_all(root_);
  }
  fs::path dir() const { return root_ / "case"; }

  void write(std::string_view name, const json::Value& body, std::uint64_t session = 1) {
    const Kind* kind = find_kind(name);
    ASSERT_NE(kind, nullptr) << name;
    auto encoded = encode_body(*kind, body, name);
    ASSERT_TRUE(encoded) << encoded.error().message;
    const std::uint64_t seq = kind->from_extension ? ++seq_ : 0;
    const auto index =
        log_->append({name, session, seq, 1'790'000'000'000 + static_cast<std::int64_t>(seq_),
                      encoded->bytes, encoded->disclosures});
    ASSERT_TRUE(index) << index.error().message;
  }
  void write_raw(std::string_view name, std::string_view body) {
    ASSERT_TRUE(log_->append({name, 1, ++seq_, 1'790'000'000'000, body, {}}));
  }
  void open_session() {
    write("session.open", {{"session", 1},
                           {"boot", "b"},
                           {"browser", "chromium"},
                           {"browser_version", "156"},
                           {"extension_version", "0.1.0"},
                           {"host_version", "0.1.0"},
                           {"user_agent", "UA"},
                           {"url", "https://www.shop.test/"},
                           {"host", "www.shop.test"},
                           {"purpose", "audit"},
                           {"phase", "no-choice"},
                           {"gpc", true},
                           {"third_party_cookies", "blocked"}});
  }
  void write_cookie() {
    write("cookie.header", {{"rid", "7"},
                            {"hop", 0},
                            {"n", 0},
                            {"url", "https://www.shop.test/"},
                            {"scheme", "https"},
                            {"host", "www.shop.test"},
                            {"head", "id="},
                            {"value", "s3cret"},
                            {"tail", "; Path=/"},
                            {"bytes", "utf-8"},
                            {"type", "main_frame"},
                            {"tab", 1},
                            {"frame", 0},
                            {"top", nullptr},
                            {"top_host", "www.shop.test"}});
    write("cookie.change", {{"cause", "explicit"},
                            {"removed", false},
                            {"name", "id"},
                            {"value", "s3cret"},
                            {"domain", "www.shop.test"},
                            {"host_only", true},
                            {"path", "/"},
                            {"secure", false},
                            {"http_only", false},
                            {"same_site", "unset"},
                            {"session", true},
                            {"expires_ms", nullptr},
                            {"partition_key", nullptr},
                            {"store", "0"}});
  }
  void close() {
    write("cookie.jar.done", {{"when", "final"}, {"count", 0}});
    write("session.close", {{"session", 1},
                            {"received", static_cast<std::int64_t>(seq_)},
                            {"last_q", static_cast<std::int64_t>(seq_)},
                            {"reason", "plan-done"},
                            {"detail", nullptr},
                            {"by", "extension"}});
    const Status sealed = log_->seal(1'790'000'100'000);
    ASSERT_TRUE(sealed) << sealed.error().message;
    log_.reset();
  }

  fs::path root_;
  std::unique_ptr<evidence::CaseLog> log_;
  std::uint64_t seq_ = 0;
};

TEST_F(ObservationsTest, EntriesComeBackAsWhatTheySaid) {
  open_session();
  write("page.start", {{"page", 0},
                       {"role", "site"},
                       {"url", "https://www.shop.test/"},
                       {"host", "www.shop.test"}});
  write("request", {{"rid", "7"},
                    {"hop", 0},
                    {"url", "https://www.shop.test/"},
                    {"scheme", "https"},
                    {"host", "www.shop.test"},
                    {"method", "GET"},
                    {"type", "main_frame"},
                    {"status", 200},
                    {"from_cache", false},
                    {"set_cookies", 1},
                    {"headers", {{"p3p", "CP=x"}}},
                    {"tab", 1},
                    {"frame", 0}});
  write_cookie();
  write("storage.set", {{"area", "localStorage"},
                        {"op", "set"},
                        {"origin", "https://www.shop.test"},
                        {"key", "k"},
                        {"value", "v"},
                        {"size", 2},
                        {"via", "setItem"},
                        {"stack", json::Value::array({"https://a.test/x.js:1:2"})},
                        {"tab", 1},
                        {"frame", 0}});
  write("page.done", {{"page", 0},
                      {"role", "site"},
                      {"url", "https://www.shop.test/home"},
                      {"host", "www.shop.test"},
                      {"result", "loaded"},
                      {"status", 200},
                      {"quiet", true},
                      {"elapsed_ms", 900}});
  write("recorder.note", {{"code", "tab-closed"}, {"detail", "by hand"}});
  close();
  const auto seen = read_observations(dir(), {});
  ASSERT_TRUE(seen) << seen.error().message;
  ASSERT_EQ(seen->sessions.size(), 1U);
  EXPECT_EQ(seen->sessions[0].third_party_cookies, "blocked");
  EXPECT_TRUE(seen->sessions[0].gpc);
  EXPECT_EQ(seen->sessions[0].close_reason, "plan-done");
  ASSERT_EQ(seen->pages.size(), 1U);
  EXPECT_EQ(seen->pages[0].url, "https://www.shop.test/home");
  EXPECT_EQ(seen->pages[0].entries.size(), 2U);
  ASSERT_EQ(seen->requests.size(), 1U);
  EXPECT_EQ(seen->requests[0].headers.at("p3p"), "CP=x");
  ASSERT_EQ(seen->attempts.size(), 1U);
  EXPECT_EQ(seen->attempts[0].line(), "id=s3cret; Path=/");
  ASSERT_EQ(seen->storage.size(), 1U);
  EXPECT_EQ(seen->storage[0].value, "v");
  EXPECT_EQ(seen->notes[0].second, "tab-closed: by hand");
  EXPECT_EQ(seen->withheld_fields, 0U);
  EXPECT_EQ(seen->unknown_entries, 0U);
  const auto sites = site::SiteTable::built_in();
  const auto stories = cookie_stories(*seen, *sites);
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_EQ(stories[0].outcome, "stored");
  EXPECT_EQ(stories[0].value, "s3cret");
}

TEST_F(ObservationsTest, WithheldFieldsAreMissingAndCountedAndTheRestIsRead) {
  open_session();
  write_cookie();
  close();
  std::ofstream(dir() / "disclosures.jsonl", std::ios::trunc).close();
  const auto seen = read_observations(dir(), {});
  ASSERT_TRUE(seen) << seen.error().message;
  EXPECT_GE(seen->withheld_fields, 4U);
  ASSERT_EQ(seen->attempts.size(), 1U);
  EXPECT_FALSE(seen->attempts[0].value);
  EXPECT_FALSE(seen->attempts[0].line());
  EXPECT_EQ(seen->attempts[0].host, "www.shop.test");
  const auto sites = site::SiteTable::built_in();
  const auto stories = cookie_stories(*seen, *sites);
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_EQ(stories[0].outcome, "stored");
  EXPECT_FALSE(stories[0].value);
}

TEST_F(ObservationsTest, KindsOfANewerVersionAreCountedNotRefused) {
  open_session();
  write_raw("future.kind", R"({"x":1})");
  close();
  const auto seen = read_observations(dir(), {});
  ASSERT_TRUE(seen) << seen.error().message;
  EXPECT_EQ(seen->unknown_entries, 1U);
}

TEST_F(ObservationsTest, AnEntryThatBreaksTheVocabularyIsRefusedWithItsNumber) {
  open_session();
  write_raw("recorder.note", R"({"code":7,"detail":"x"})");
  close();
  const auto seen = read_observations(dir(), {});
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().code, Code::kBroken);
  EXPECT_THAT(seen.error().message, HasSubstr("entry 2: recorder.note.code: expected a string"));
}

TEST_F(ObservationsTest, NothingOfAnAlteredCaseIsUsed) {
  open_session();
  write_cookie();
  close();
  const fs::path segment = dir() / "seg" / "00000.jsonl";
  std::fstream file(segment, std::ios::in | std::ios::out | std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::size_t at = text.find("www.shop.test", text.find("cookie.header") - 200);
  ASSERT_NE(at, std::string::npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(at));
  file << "xxx";
  file.close();
  const auto seen = read_observations(dir(), {});
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().code, Code::kBroken);
}

}  // namespace
}  // namespace affiant::observe
