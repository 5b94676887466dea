#include "base/bytes.h"
#include "wire/message.h"

namespace affiant::wire {
namespace {

constexpr std::size_t kErrorBytes = 4096;

json::Value plan_value(const Plan& plan) {
  json::Value out = {{"url", plan.url},
                     {"pages", plan.pages},
                     {"quiet_ms", plan.quiet_ms},
                     {"timeout_ms", plan.timeout_ms},
                     {"policy", nullptr},
                     {"discover_policy", plan.discover_policy},
                     {"site_files", plan.site_files},
                     {"phase", plan.phase},
                     {"gpc", plan.gpc},
                     {"third_party_cookies", plan.third_party_cookies}};
  if (plan.canary) out["canary"] = {{"email", plan.canary->email}, {"text", plan.canary->text}};
  if (plan.policy) out["policy"] = *plan.policy;
  return out;
}

json::Value error_value(const std::optional<Error>& error) {
  if (!error) return nullptr;
  return {{"code", code_name(error->code)}, {"message", printable(error->message, kErrorBytes)}};
}

struct ToValue {
  json::Value operator()(const Welcome& m) const {
    json::Value out = {{"type", "welcome"},
                       {"protocol", m.protocol},
                       {"host_version", m.host_version},
                       {"plan", nullptr},
                       {"resume", nullptr}};
    if (m.plan) out["plan"] = plan_value(*m.plan);
    if (m.resume) out["resume"] = {{"session", m.resume->session}, {"durable", m.resume->durable}};
    return out;
  }
  json::Value operator()(const Opened& m) const {
    return {{"type", "opened"}, {"session", m.session}, {"case", m.case_id}};
  }
  json::Value operator()(const Ack& m) const { return {{"type", "ack"}, {"durable", m.durable}}; }
  json::Value operator()(const Closed& m) const {
    return {{"type", "closed"}, {"case", m.case_id}, {"tree_size", m.tree_size}, {"root", m.root}};
  }
  json::Value operator()(const ErrorMessage& m) const {
    json::Value out = {{"type", "error"},
                       {"code", code_name(m.code)},
                       {"message", printable(m.message, kErrorBytes)},
                       {"fatal", m.fatal}};
    // For the extension to say which half is the older one; it had no welcome.
    if (m.code == Code::kUnsupported) {
      out["host_version"] = AFFIANT_VERSION;
      out["protocol"] = kProtocol;
      out["oldest_protocol"] = kOldestProtocol;
    }
    return out;
  }
  json::Value operator()(const Summary& m) const {
    return {{"type", "summary"},
            {"case", m.case_id},
            {"summary", m.figures},
            {"error", error_value(m.error)}};
  }
  json::Value operator()(const ReportPart& m) const {
    return {{"type", "report.part"}, {"case", m.case_id}, {"part", m.part},
            {"json", m.json},        {"done", m.done},    {"error", error_value(m.error)}};
  }
};

}  // namespace

Result<std::string> encode_message(const HostMessage& message) {
  return json::canonical(std::visit(ToValue{}, message));
}

}  // namespace affiant::wire
