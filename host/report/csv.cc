#include <optional>
#include <set>

#include "report/cited.h"
#include "report/exports.h"
#include "report/text_layout.h"
#include "report/views.h"

namespace affiant::report {
namespace {

// Rows of RFC 4180. Text is always in quotes, and never a formula: a spreadsheet would run what
// begins with one of these.
class Rows {
 public:
  explicit Rows(std::initializer_list<std::string_view> header) {
    for (const std::string_view name : header) raw(name);
    end();
  }
  Rows& text(std::string_view value) {
    const std::string clean = safe(value, 32'000);  // A cell of Excel holds 32,767 characters.
    std::string cell = "\"";
    if (!clean.empty() && std::string_view("=+-@|%").find(clean.front()) != std::string_view::npos)
      cell += '\'';
    for (const char c : clean) {
      if (c == '"') cell += '"';
      cell += c;
    }
    return raw(cell + "\"");
  }
  template <typename Text>  // Only for what is an optional: a plain text converts to one as well.
  Rows& text(const std::optional<Text>& value) {
    return text(value ? std::string_view(*value) : std::string_view());
  }
  template <typename Number>
  Rows& number(Number value) {
    return raw(fmt::format("{}", value));
  }
  template <typename Number>
  Rows& number(const std::optional<Number>& value) {
    return value ? number(*value) : raw("");
  }
  Rows& flag(bool value) { return raw(value ? "true" : "false"); }
  Rows& entries(const std::vector<observe::Leaf>& leaves) {
    std::string all;
    for (const observe::Leaf leaf : leaves) all += (all.empty() ? "" : " ") + std::to_string(leaf);
    return text(all);
  }
  Rows& seen(const SeenIn& seen) {
    return seen.of == 0 ? raw("").raw("") : number(seen.runs).number(seen.of);
  }
  void end() {
    out_ += "\r\n";
    fresh_ = true;
  }
  std::string take() { return std::move(out_); }

 private:
  Rows& raw(std::string_view cell) {
    if (!fresh_) out_ += ',';
    fresh_ = false;
    out_ += cell;
    return *this;
  }
  std::string out_;
  bool fresh_ = true;
};

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

std::string name_of(const Part& part) {
  return part.case_name.empty() ? part.report->case_id : part.case_name;
}

SeenIn cookie_seen(const Report& report, std::size_t i) {
  return i < report.repeats.cookies.size() ? report.repeats.cookies[i] : SeenIn{};
}

SeenIn party_seen(const Report& report, const std::string& name) {
  const auto found = report.repeats.third_parties.find(name);
  return found == report.repeats.third_parties.end() ? SeenIn{} : found->second;
}

std::string findings_csv(const Parts& parts) {
  Rows rows({"case", "site", "id", "rule", "strength", "phase", "title", "explanation", "said",
             "said_where", "seen", "entries", "seen_in_runs", "of_runs", "expected", "gate"});
  for (const Part& part : parts) {
    const Report& report = *part.report;
    const CitedIndex cited(report);
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      const findings::Finding& f = report.findings[i];
      std::vector<std::string> quotes, places;
      for (const CitedWords& words : cited_words(f, report.declaration)) {
        quotes.emplace_back(words.quote);
        places.push_back(fmt::format("{} bytes {} to {}",
                                     source_words(report.declaration, words.source), words.start,
                                     words.end));
      }
      const Standing* standing = standing_of(report, i);
      rows.text(name_of(part)).text(site_url(report)).text(f.id).text(f.rule);
      rows.text(findings::strength_name(f.strength)).text(f.phase).text(f.title);
      rows.text(f.explanation).text(joined(quotes)).text(joined(places));
      rows.text(joined(cited.lines(f))).entries(f.entries).seen(seen_in(report, i));
      rows.flag(standing != nullptr && !standing->expected_by.empty());
      rows.text(joined(standing_words(report, i))).end();
    }
  }
  return rows.take();
}

std::string cookies_csv(const Parts& parts) {
  Rows rows({"case",          "name",           "domain",          "path",
             "partition_key", "party",          "owner",           "category",
             "lifetime_s",    "session_cookie", "secure",          "http_only",
             "same_site",     "outcome",        "reason",          "mechanism",
             "set_by_host",   "set_by_url",     "identifier_like", "by_third_party_script",
             "phase",         "session",        "entries",         "seen_in_runs",
             "of_runs"});
  for (const Part& part : parts)
    for (std::size_t i = 0; i < part.report->facts.cookies.size(); ++i) {
      const detect::CookieFact& fact = part.report->facts.cookies[i];
      const observe::CookieStory& c = fact.story;
      rows.text(name_of(part)).text(c.name).text(c.domain).text(c.path).text(c.partition_key);
      rows.text(fact.party == site::Party::kFirst ? "first" : "third").text(fact.owner);
      rows.text(fact.category).number(c.lifetime_s).flag(c.session_cookie).flag(c.secure);
      rows.flag(c.http_only).text(c.same_site).text(c.outcome).text(c.reason).text(c.mechanism);
      rows.text(c.set_by_host).text(c.set_by_url).flag(fact.identifier_like);
      rows.flag(fact.by_third_party_script).text(fact.phase);
      rows.number(c.session).entries(c.entries).seen(cookie_seen(*part.report, i)).end();
    }
  return rows.take();
}

std::string third_parties_csv(const Parts& parts) {
  const auto all = [](const std::set<std::string>& names) {
    return joined({names.begin(), names.end()});
  };
  Rows rows({"case", "name", "owner_known", "tracker", "requests", "hosts", "categories",
             "seen_in_runs", "of_runs"});
  for (const Part& part : parts)
    for (const OwnerRow& row : third_parties(*part.report)) {
      rows.text(name_of(part)).text(row.name).flag(row.owner_known).flag(row.tracker);
      rows.number(row.requests).text(all(row.hosts)).text(all(row.categories));
      rows.seen(party_seen(*part.report, row.name)).end();
    }
  return rows.take();
}

std::string requests_csv(const Parts& parts) {
  Rows rows({"case", "url", "host", "site", "party", "owner", "category", "tracker_by",
             "tracker_rule", "type", "method", "status", "failure", "phase", "session", "entry"});
  for (const Part& part : parts)
    for (const detect::RequestFact& fact : part.report->facts.requests) {
      const observe::Request& r = *fact.request;
      rows.text(name_of(part)).text(r.url).text(r.host).text(fact.site);
      rows.text(fact.party == site::Party::kFirst ? "first" : "third").text(fact.owner);
      rows.text(fact.category).text(joined(fact.tracker_by)).text(fact.rule).text(r.type);
      rows.text(r.method).number(r.status).text(r.failure).text(fact.phase);
      rows.number(r.place.session).number(r.entry).end();
    }
  return rows.take();
}

std::string storage_csv(const Parts& parts) {
  Rows rows({"case", "kind", "origin", "key", "party", "set_by_host", "set_by_url", "phase",
             "session", "entries"});
  for (const Part& part : parts)
    for (const StorageRow& row : storage_rows(*part.report)) {
      const observe::StorageItem& item = *row.fact->item;
      rows.text(name_of(part)).text(item.area).text(item.origin).text(item.key);
      rows.text(row.fact->party == site::Party::kFirst ? "first" : "third").text(item.script_host);
      rows.text(item.script_url).text(row.fact->phase).number(item.place.session);
      rows.entries(row.entries).end();
    }
  return rows.take();
}

}  // namespace

std::string render_csv(const Parts& parts, std::string_view table) {
  if (table == "cookies") return cookies_csv(parts);
  if (table == "third-parties") return third_parties_csv(parts);
  if (table == "requests") return requests_csv(parts);
  if (table == "storage") return storage_csv(parts);
  return findings_csv(parts);
}

}  // namespace affiant::report
