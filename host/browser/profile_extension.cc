#include "browser/profile_extension.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "json/json.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

using json::Value;

constexpr std::uint64_t kCommandLine = 8;  // Chromium's ManifestLocation: --load-extension.

const Value* member(const Value& of, std::string_view name) {
  if (!of.is_object()) return nullptr;
  const auto found = of.find(name);
  return found == of.end() ? nullptr : &*found;
}

std::string text_of(const Value& of, std::string_view name) {
  const Value* value = member(of, name);
  return value != nullptr && value->is_string() ? printable(value->get<std::string>(), 1'000)
                                                : std::string();
}

bool is_true(const Value& of, std::string_view name) {
  const Value* value = member(of, name);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

// Nothing where there is no such file.
const Value* read_into(const fs::path& file, Value* into, InProfiles* out) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return nullptr;
  const auto text = read_file(file, limits::kPreferencesBytes, "limits::kPreferencesBytes");
  auto read = text ? json::parse(*text, file.string(), json::Surrogates::kReplace)
                   : tl::unexpected(text.error());
  if (!read) {
    out->unreadable.push_back(read.error().message);
    return nullptr;
  }
  *into = std::move(*read);
  return into;
}

// Bits or, since Chromium 136, a list of them (extensions/browser/disable_reason.h).
std::string why_off(const Value& entry) {
  struct Reason {
    std::uint64_t bit;
    const char* words;
  };
  constexpr std::array<Reason, 5> kReasons = {{{1, "switched off by hand"},
                                               {2, "waits for you to allow new permissions"},
                                               {1U << 9U, "the browser calls it unwanted"},
                                               {1U << 10U, "its files were changed"},
                                               {1U << 16U, "blocked by policy"}}};
  std::uint64_t bits = 0;
  if (const Value* reasons = member(entry, "disable_reasons")) {
    if (reasons->is_number_unsigned()) bits = reasons->get<std::uint64_t>();
    if (reasons->is_array())
      for (const Value& bit : *reasons)
        if (bit.is_number_unsigned()) bits |= bit.get<std::uint64_t>();
  }
  for (const Reason& reason : kReasons)
    if ((bits & reason.bit) != 0) return reason.words;
  if (bits != 0) return "switched off by the browser";
  const Value* state = member(entry, "state");  // Older than 134.
  return state != nullptr && *state == 0 ? "switched off" : "";
}

std::string version_in(const fs::path& folder) {
  InProfiles ignored;
  Value manifest;
  return read_into(folder / "manifest.json", &manifest, &ignored) != nullptr
             ? text_of(manifest, "version")
             : "";
}

void look_in_chromium(const fs::path& profile, const Ids& ids, InProfiles* out) {
  std::error_code ignored;
  if (!fs::is_regular_file(profile / "Preferences", ignored)) return;
  ++out->profiles;
  for (const char* name : {"Preferences", "Secure Preferences"}) {
    Value all;
    const Value* at = read_into(profile / name, &all, out);
    for (const std::string_view step :
         {std::string_view("extensions"), std::string_view("settings"),
          std::string_view(ids.chromium)})
      at = at == nullptr ? nullptr : member(*at, step);
    if (at == nullptr || !at->is_object()) continue;
    InProfile found;
    found.profile = profile;
    const fs::path folder = text_of(*at, "path");
    if (folder.is_absolute()) found.folder = folder;
    if (const Value* manifest = member(*at, "manifest"))
      found.version = text_of(*manifest, "version");
    // Of a folder the browser keeps no manifest: what lies there counts at each start.
    if (found.version.empty() && folder.is_absolute()) found.version = version_in(folder);
    found.off = why_off(*at);
    const Value* location = member(*at, "location");
    if (found.off.empty() && location != nullptr && *location == kCommandLine &&
        !fs::exists(folder / "manifest.json", ignored))
      found.off = "the folder that it was loaded from is gone";
    out->found.push_back(std::move(found));
    return;
  }
}

void look_in_firefox(const fs::path& profile, const Ids& ids, InProfiles* out) {
  Value all;
  std::error_code ignored;
  if (!fs::is_regular_file(profile / "extensions.json", ignored)) return;
  ++out->profiles;
  const Value* at = read_into(profile / "extensions.json", &all, out);
  const Value* addons = at == nullptr ? nullptr : member(*at, "addons");
  if (addons == nullptr || !addons->is_array()) return;
  for (const Value& addon : *addons) {
    if (text_of(addon, "id") != ids.firefox) continue;
    InProfile found;
    found.profile = profile;
    found.version = text_of(addon, "version");
    found.folder = text_of(addon, "path");
    // `active` is false until the browser has written the file a second time.
    if (is_true(addon, "userDisabled")) found.off = "switched off by hand";
    if (is_true(addon, "softDisabled")) found.off = "the browser calls it unwanted";
    if (is_true(addon, "appDisabled"))
      found.off = "the browser takes it for unfit: unsigned, blocked, or made for another version";
    out->found.push_back(std::move(found));
    return;
  }
}

}  // namespace

InProfiles extension_in_profiles(Kind kind, const std::vector<fs::path>& folders, const Ids& ids) {
  std::vector<fs::path> profiles;
  std::error_code error;
  const auto folders_in = [&](const fs::path& folder) {
    for (fs::directory_iterator at(folder, error), last;
         !error && at != last && profiles.size() < limits::kProfiles; at.increment(error))
      if (at->is_directory(error)) profiles.push_back(at->path());
  };
  for (const fs::path& folder : folders) {
    profiles.push_back(folder);  // Opera's is one itself.
    folders_in(folder);
    if (kind == Kind::kFirefox) folders_in(folder / "firefox");
  }
  std::sort(profiles.begin(), profiles.end());
  InProfiles out;
  for (const fs::path& profile : profiles)
    kind == Kind::kFirefox ? look_in_firefox(profile, ids, &out)
                           : look_in_chromium(profile, ids, &out);
  return out;
}

fs::path packaged_extension(const Place& place, const Where& where, const Ids& ids) {
  std::error_code ignored;
  if (place.sandbox != Sandbox::kNone) return {};
  const fs::path share = where.root / "usr/share";
  const fs::path at = place.kind == Kind::kFirefox
                          ? share / "mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}" /
                                (ids.firefox + ".xpi")
                          : share / "chromium/extensions" / ids.chromium / "manifest.json";
  const bool reads_it = place.browser == "Chromium" || place.browser == "Firefox";
  return reads_it && fs::exists(at, ignored) ? at : fs::path();
}

}  // namespace affiant::browser
