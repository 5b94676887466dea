// A case in a throw-away folder, and what tests do to it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "evidence/case_log.h"
#include "evidence/identity.h"
#include "evidence/verify.h"

namespace affiant::evidence::test {

namespace fs = std::filesystem;

#define ASSERT_OK(...)                                       \
  do {                                                       \
    const auto& ok_result = (__VA_ARGS__);                   \
    ASSERT_TRUE(ok_result) << ok_result.error().to_string(); \
  } while (false)

// In memory where there is such a folder: thousands of syncs should not wear a disk.
class TempDir {
 public:
  TempDir() {
    const fs::path shm = "/dev/shm";
    std::error_code ignored;
    std::string name =
        ((::access(shm.c_str(), W_OK) == 0 ? shm : fs::temp_directory_path(ignored)) /
         "affiant-evidence-XXXXXX")
            .string();
    path_ = ::mkdtemp(name.data());
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

// Walks over every byte or bit of a case take minutes of two cores. They are whole with
// AFFIANT_EXHAUSTIVE=1; else every `sample`th place is tried (a prime: each column of a line has
// its turn), and what lies at an end of a line is tried always.
inline std::size_t step(std::size_t sample) {
  return ::getenv("AFFIANT_EXHAUSTIVE") != nullptr ? 1 : sample;
}
inline bool tried(std::string_view bytes, std::size_t at, std::size_t sample) {
  if (at % step(sample) == 0 || at + 1 >= bytes.size()) return true;
  return bytes[at] == '\n' || (at > 0 && bytes[at - 1] == '\n');
}

inline std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline void spit(const fs::path& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// All regular files under a folder, sorted, relative to it.
inline std::vector<std::string> files_under(const fs::path& dir) {
  std::vector<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(dir))
    if (entry.is_regular_file()) out.push_back(entry.path().lexically_relative(dir).string());
  std::sort(out.begin(), out.end());
  return out;
}

// The bodies that the recorder would write; `filler` is page text.
inline std::string session_open(int session) {
  return R"({"boot":"b","session":)" + std::to_string(session) + "}";
}
inline std::string session_close(int session, std::uint64_t received, std::uint64_t last_q,
                                 const std::string& by = "extension") {
  return R"({"by":")" + by + R"(","detail":null,"last_q":)" + std::to_string(last_q) +
         R"(,"reason":"plan-done","received":)" + std::to_string(received) + R"(,"session":)" +
         std::to_string(session) + "}";
}

// Appends `n` events of session 1 from sequence number `from` on; each third has a disclosure.
inline Status append_events(CaseLog& log, std::uint64_t from, std::uint64_t n,
                            const std::string& filler = "x") {
  for (std::uint64_t q = from; q < from + n; ++q) {
    std::vector<Disclosure> disclosures;
    std::string body = R"({"text":")" + filler + R"("})";
    if (q % 3 == 0) {
      disclosures.push_back(make_disclosure("value", R"("secret )" + std::to_string(q) + R"(")"));
      body = R"({"_sd":[")" + disclosures[0].digest() + R"("],"text":")" + filler + R"("})";
    }
    AFFIANT_TRY(const auto index,
                log.append({"cookie.change", 1, q, 1'790'000'000'000 + static_cast<std::int64_t>(q),
                            body, disclosures}));
    (void)index;
  }
  return {};
}

// A sealed case of one session with `events` events, an exhibit among them.
inline Status record_sealed(const fs::path& dir, const fs::path& identity_dir, std::uint64_t events,
                            const std::string& filler = "é€😂 text") {
  AFFIANT_TRY(const Identity identity, Identity::load_or_create(identity_dir));
  AFFIANT_TRY(CaseLog log, CaseLog::create(dir, identity, {"shop.example", "affiant 0.1.0"}));
  AFFIANT_TRY(const auto opened,
              log.append({"session.open", 1, 0, 1'790'000'000'000, session_open(1), {}}));
  (void)opened;
  AFFIANT_CHECK(append_events(log, 1, events, filler));
  AFFIANT_TRY(const std::string exhibit, log.add_exhibit("{\"policy\":\"We use cookies.\"}"));
  const std::string body = R"({"exhibit":")" + exhibit + R"(","kind":"privacy-policy"})";
  AFFIANT_TRY(const auto cited,
              log.append({"policy.page", 1, events + 1, 1'790'000'000'000, body, {}}));
  (void)cited;
  AFFIANT_CHECK(log.sign());
  AFFIANT_TRY(const auto closed, log.append({"session.close",
                                             1,
                                             0,
                                             1'790'000'000'000,
                                             session_close(1, events + 1, events + 1),
                                             {}}));
  (void)closed;
  return log.seal(1'790'000'000'000);
}

inline std::string describe(const Verdict& v) {
  std::string out =
      fmt::format("integrity {} complete {} size {} sealed {}\n", static_cast<int>(v.integrity),
                  static_cast<int>(v.complete), v.tree_size, v.sealed);
  for (const Problem& p : v.problems) out += fmt::format("  {}@{}: {}\n", p.file, p.offset, p.what);
  for (const std::string& n : v.notes) out += "  note: " + n + "\n";
  return out;
}

}  // namespace affiant::evidence::test
