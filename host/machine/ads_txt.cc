// ads.txt and app-ads.txt (IAB Tech Lab ads.txt 1.1, section 3; app-ads.txt 1.0 keeps its format):
// who may sell the site's advertising space. Who may sell is a partner that is declared; it says
// nothing of who tracks, and of those not listed nothing at all.
#include <algorithm>
#include <set>

#include "machine/reading.h"

namespace affiant::machine {
namespace {

class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  // The next line without its end; false at the end of the text.
  bool next(Span* line) {
    if (at_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
    *line = {at_, end};
    at_ = end + 1;
    ++number_;
    if (end + 1 < text_.size() && text_[end] == '\r' && text_[end + 1] == '\n') ++at_;
    return true;
  }
  std::size_t number() const { return number_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0, number_ = 0;
};

// A comment begins with '#', what extends a record with ';'.
Span record_of(std::string_view text, Span line) {
  const std::string_view whole = text.substr(line.start, line.end - line.start);
  const std::string_view record = trimmed(whole.substr(0, whole.find_first_of("#;")));
  if (record.empty()) return {line.start, line.start};
  const auto start = static_cast<std::size_t>(record.data() - text.data());
  return {start, start + record.size()};
}

// "example.com" of "https://example.com/": some files write an address where a domain belongs.
std::string host_in(std::string_view field) {
  std::string host = lower(trimmed(field));
  for (const std::string_view scheme : {"https://", "http://"})
    if (host.starts_with(scheme)) host.erase(0, scheme.size());
  if (const std::size_t path = host.find('/'); path != std::string::npos) host.resize(path);
  if (host.starts_with("www.")) host.erase(0, 4);
  return is_host_name(host) ? host : "";
}

enum class Says { kNothing, kPartner, kOwner, kOther, kFault };

struct Record {
  Says says = Says::kNothing;
  std::string host;
};

Record parsed(std::string_view record) {
  if (record.empty()) return {};
  const std::size_t comma = record.find(','), equals = record.find('=');
  if (equals < comma) {  // A variable.
    const std::string variable = lower(trimmed(record.substr(0, equals)));
    const std::string_view value = record.substr(equals + 1);
    std::string host = host_in(value.substr(0, value.find(',')));
    if (!host.empty() && (variable == "inventorypartnerdomain" || variable == "managerdomain"))
      return {Says::kPartner, std::move(host)};
    if (!host.empty() && variable == "ownerdomain") return {Says::kOwner, std::move(host)};
    return {Says::kOther, ""};  // CONTACT, SUBDOMAIN and others say nothing of who takes part.
  }
  // Domain, account, relation, and perhaps the id of a certification authority.
  const std::size_t second = comma == std::string_view::npos ? comma : record.find(',', comma + 1);
  std::string host = host_in(record.substr(0, comma));
  const std::string_view rest =
      second == std::string_view::npos ? std::string_view() : record.substr(second + 1);
  const std::string relation = lower(trimmed(rest.substr(0, rest.find(','))));
  if (host.empty() || (relation != "direct" && relation != "reseller")) return {Says::kFault, ""};
  // A placeholder says that nobody may sell.
  if (host == "placeholder.example.com") return {Says::kOther, ""};
  return {Says::kPartner, std::move(host)};
}

constexpr std::size_t kLinesLookedAt = 100;

}  // namespace

bool looks_like_ads_txt(std::string_view text) {
  Lines lines(text);
  std::size_t partners = 0, faults = 0;
  for (Span line; lines.number() < kLinesLookedAt && lines.next(&line);) {
    const Span span = record_of(text, line);
    const Says says = parsed(text.substr(span.start, span.end - span.start)).says;
    partners += says == Says::kPartner ? 1U : 0U;
    faults += says == Says::kFault ? 1U : 0U;
  }
  return partners > faults * 3;
}

Result<policy::Declaration> read_ads_txt(std::string text, const policy::Source& source) {
  Reading reading("ads.txt", std::move(text), source);
  const std::string what = called(source, "ads.txt");
  std::set<std::string> named;
  Lines lines(reading.text());
  for (Span line; lines.next(&line);) {
    const Span span = record_of(reading.text(), line);
    Record record = parsed(reading.of(span));
    if (record.says == Says::kFault) {
      reading.cannot_read("a line that is neither a record nor a variable",
                          what + ", line " + std::to_string(lines.number()));
    } else if (record.says == Says::kOwner) {
      if (policy::Statement* s = reading.state("scope", span)) s->parties = {record.host};
    } else if (record.says == Says::kPartner && named.insert(record.host).second) {
      policy::Statement* s = reading.state("named-third-party", span);
      if (s == nullptr) continue;
      s->modality = "may";
      s->subject = "third-party";
      s->parties = {std::move(record.host)};
      s->purposes = {"advertising"};
      s->observable = "partly";
    }
  }
  return std::move(reading).finish();
}

}  // namespace affiant::machine
