#include "cli/progress.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "json/json.h"
#include "site/site.h"

namespace affiant::cli {
namespace {

constexpr std::size_t kLine = 256U << 10U;

std::string text(const json::Value& line, const char* key) {
  const auto it = line.find(key);
  return it != line.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::optional<std::int64_t> number(const json::Value& line, const char* key) {
  const auto it = line.find(key);
  if (it == line.end() || !it->is_number_integer()) return std::nullopt;
  return it->get<std::int64_t>();
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

}  // namespace

Result<Milestone> parse_milestone(std::string_view line) {
  AFFIANT_TRY(const json::Value value, json::parse(line, "progress.jsonl"));
  if (!value.is_object() || text(value, "at").empty())
    return fail(Code::kMalformed, "progress.jsonl: a line without \"at\"");
  Milestone m;
  m.at = text(value, "at");
  m.url = text(value, "url");
  m.host = text(value, "host");
  m.role = text(value, "role");
  m.result = text(value, "result");
  m.error = text(value, "error");
  m.code = text(value, "code");
  m.message = text(value, "message");
  m.third_party_cookies = text(value, "third_party_cookies");
  m.kind = text(value, "kind");
  m.detail = text(value, "detail");
  m.page = number(value, "page");
  m.status = number(value, "status");
  m.tree_size = number(value, "tree_size");
  m.events = number(value, "events");
  m.fatal = value.value("fatal", json::Value(m.at == "error")) == true;
  return m;
}

std::vector<Milestone> ProgressReader::read_new() {
  std::vector<Milestone> found;
  std::ifstream in(file_, std::ios::binary);
  if (!in || !in.seekg(offset_)) return found;
  std::array<char, 16'384> chunk{};
  while (in.read(chunk.data(), chunk.size()), in.gcount() > 0) {
    offset_ += in.gcount();
    held_.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
  }
  for (std::size_t end = held_.find('\n'); end != std::string::npos; end = held_.find('\n')) {
    if (auto milestone = parse_milestone(std::string_view(held_).substr(0, end)))
      found.push_back(std::move(*milestone));
    held_.erase(0, end + 1);
  }
  if (held_.size() > kLine) held_.clear();
  return found;
}

Error explain_failed_page(const Milestone& page, std::string_view url, std::int64_t timeout_ms) {
  const auto parsed = site::parse_url(url);
  const std::string host = parsed ? parsed->host : std::string(url);
  const std::string& e = page.error;
  const std::string name = e.empty() ? "" : " (" + printable(e) + ")";
  if (page.result == "timeout" || holds_any(e, {"TIMED_OUT", "NET_TIMEOUT"}))
    return {Code::kTimeout,
            fmt::format("{} did not load within {} s{}. Nothing is concluded; --timeout gives it "
                        "longer",
                        url, timeout_ms / 1000, name)};
  if (holds_any(e, {"NAME_NOT_RESOLVED", "UNKNOWN_HOST", "NAME_RESOLUTION"}))
    return {Code::kNetwork, fmt::format("the name {} does not resolve{}. Check its spelling, or "
                                        "say where it is: --map {}=ADDR:PORT",
                                        host, name, host)};
  if (holds_any(e, {"CERT", "SSL", "SEC_ERROR", "PKIX", "ertificate", "INSECURE", "HSTS"}))
    return {Code::kNetwork,
            fmt::format("the certificate of {} is not accepted{}. Name its authority with --ca "
                        "FILE, or go on without protection with --insecure",
                        host, name)};
  if (holds_any(e, {"CONNECTION_REFUSED", "CONNECTION_CLOSED", "CONNECTION_RESET", "NET_RESET",
                    "NET_INTERRUPT", "ADDRESS_UNREACHABLE", "INTERNET_DISCONNECTED", "PROXY",
                    "OFFLINE", "EMPTY_RESPONSE"}))
    return {Code::kNetwork, fmt::format("{} could not be reached{}. Is the site up, and may this "
                                        "machine reach it?",
                                        url, name)};
  return {Code::kNetwork, fmt::format("{} did not load{}", url, name)};
}

}  // namespace affiant::cli
