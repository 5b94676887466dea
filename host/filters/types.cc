#include "filters/types.h"

#include <array>
#include <string>
#include <utility>

#include "filters/ascii.h"

namespace affiant::filters {
namespace {

using Named = std::pair<std::string_view, Types>;

constexpr std::array kRequestTypes = {
    Named{"script", kScript},
    Named{"image", kImage},
    Named{"xmlhttprequest", kXhr},
    Named{"stylesheet", kStylesheet},
    Named{"sub_frame", kFrame},
    Named{"main_frame", kDocument},
    Named{"font", kFont},
    Named{"ping", kPing},
    Named{"media", kMedia},
    Named{"websocket", kWebSocket},
    Named{"other", kOther},
    Named{"beacon", kPing},
    Named{"xhr", kXhr},
    Named{"fetch", kXhr},
    Named{"document", kDocument},
    Named{"doc", kDocument},
    Named{"mainframe", kDocument},
    Named{"subframe", kFrame},
    Named{"frame", kFrame},
    Named{"subdocument", kFrame},
    Named{"iframe", kFrame},
    Named{"imageset", kImage},
    Named{"css", kStylesheet},
    Named{"object", kObject},
    Named{"object_subrequest", kObject},
    Named{"json", kScript},
    Named{"fedcm", kScript},
    Named{"popup", kPopup},
    Named{"webrtc", kWebRtc},
    Named{"csp_report", kOther},
    Named{"cspreport", kOther},
    Named{"cspviolationreport", kOther},
    Named{"eventsource", kOther},
    Named{"manifest", kOther},
    Named{"web_manifest", kOther},
    Named{"prefetch", kOther},
    Named{"preflight", kOther},
    Named{"signedexchange", kOther},
    Named{"speculative", kOther},
    Named{"texttrack", kOther},
    Named{"xml_dtd", kOther},
    Named{"xslt", kOther},
};

constexpr std::array<std::string_view, 9> kMethods = {
    "get", "post", "head", "put", "delete", "options", "patch", "connect", "trace"};

}  // namespace

Types request_type(std::string_view name) {
  for (const auto& [word, bit] : kRequestTypes)
    if (word == name) return bit;
  return kUnnamed;
}

Methods method_bit(std::string_view name) {
  const std::string lower = lowered(name);
  for (std::size_t i = 0; i < kMethods.size(); ++i)
    if (kMethods[i] == lower) return static_cast<Methods>(1U << i);
  return 0;
}

}  // namespace affiant::filters
