#include "recorder/caller.h"

#include <algorithm>
#include <string_view>

#include "base/bytes.h"

namespace affiant::recorder {

Result<Caller> identify_caller(const std::vector<std::string>& arguments) {
  constexpr std::string_view kScheme = "chrome-extension://";
  if (!arguments.empty() && arguments[0].starts_with(kScheme)) {
    std::string id = arguments[0].substr(kScheme.size());
    if (id.ends_with('/')) id.pop_back();
    return Caller{"chromium", std::move(id)};
  }
  if (arguments.size() >= 2 && arguments[0].starts_with('/') && arguments[0].ends_with(".json"))
    return Caller{"firefox", arguments[1]};
  return fail(Code::kUsage,
              "affiant-host is started by a browser, with the calling extension as its argument");
}

Status check_caller(const Caller& caller, const AllowedIds& allowed,
                    const std::vector<std::string>& more) {
  const auto& ids = caller.browser == "chromium" ? allowed.chromium : allowed.firefox;
  const auto has = [&](const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), caller.extension_id) != list.end();
  };
  if (has(ids) || has(more)) return {};
  return fail(Code::kPermission,
              "the extension {} may not use this host. Install the extension that came with it, or "
              "run `affiant install` again",
              printable(caller.extension_id, 100));
}

}  // namespace affiant::recorder
