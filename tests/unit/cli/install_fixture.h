// A home of its own, with the browsers that a test wants in it.
#pragma once

#include <gmock/gmock.h>

#include <map>

#include "cli/install.h"
#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace fs = std::filesystem;
using browser::Kind;
using testing::HasSubstr;

class InstallTest : public ScratchHome {
 protected:
  browser::Where where() const {
    return {at("home"), at("home/.config"), at("home/.local/share"), at("bin"), dir_->path()};
  }
  // Every file and folder below the scratch folder, with what is in it.
  std::map<std::string, std::string> everything() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(dir_->path()))
      all[entry.path().string()] = entry.is_regular_file() ? slurp(entry.path()) : "";
    return all;
  }
  static const InstallStep* step_of(const std::vector<InstallStep>& steps,
                                    std::string_view browser) {
    for (const InstallStep& step : steps)
      if (step.browser == browser) return &step;
    return nullptr;
  }
  InstallOptions options() const {
    InstallOptions o;
    o.record = at("config/native-manifests.json");
    o.host = "/opt/affiant/affiant-host";
    o.where = where();
    o.places = {
        {"Chromium", Kind::kChromium, at("home/.config/chromium/NativeMessagingHosts"),
         at("etc/chromium"), true},
        {"Firefox", Kind::kFirefox, at("home/.mozilla/native-messaging-hosts"), std::nullopt, true},
        {"Vivaldi", Kind::kChromium, at("home/.config/vivaldi/NativeMessagingHosts"), std::nullopt,
         false}};
    return o;
  }
  fs::path chromium() const {
    return at("home/.config/chromium/NativeMessagingHosts") / *browser::native_manifest_name();
  }
  fs::path firefox() const {
    return at("home/.mozilla/native-messaging-hosts") / *browser::native_manifest_name();
  }
};

}  // namespace affiant::cli
