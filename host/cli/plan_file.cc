#include "cli/plan_file.h"

#include <array>

#include "base/bytes.h"
#include "base/random.h"
#include "browser/profile.h"
#include "json/json.h"

namespace affiant::cli {
namespace fs = std::filesystem;

Status write_plan(const fs::path& run_dir, const RecordingOptions& o, const BrowserRun& run,
                  const std::optional<MadeUpPerson>& canary) {
  constexpr const char* kModes[] = {"default", "allow", "block"};
  const bool first = &run == &o.runs.front();  // What the site declares is asked for once.
  json::Value plan = {
      {"url", o.url},
      {"pages", o.pages},
      {"quiet_ms", o.quiet_ms},
      {"timeout_ms", o.timeout_ms},
      {"policy", !first || o.policy_url.empty() ? json::Value() : json::Value(o.policy_url)},
      {"discover_policy", first && o.policy_url.empty() && o.policy_file.empty()},
      {"site_files", first},
      {"phase", run.phase},
      {"gpc", o.gpc},
      {"third_party_cookies", kModes[static_cast<int>(o.third_party_cookies)]},
      {"profile", run.profile},
      {"cleared", run.clear},
      {"keep_open", &run != &o.runs.back()},
      {"case", o.case_dir.string()},
      {"identity_dir", o.identity_dir.string()}};
  if (canary) plan["canary"] = {{"email", canary->email}, {"text", canary->text}};
  AFFIANT_TRY(const std::string text, json::canonical(plan));
  return browser::write_file(run_dir / "plan.json", text + "\n");
}

Result<MadeUpPerson> made_up_person() {
  std::array<std::uint8_t, 10> bytes{};
  AFFIANT_CHECK(system_random().fill(bytes));
  const std::string hex = hex_encode(bytes);
  // A reserved domain (RFC 2606): what is sent there reaches nobody.
  return MadeUpPerson{"ava." + hex.substr(0, 10) + "@example.com",
                      "Quill Fennimore " + hex.substr(10)};
}

}  // namespace affiant::cli
