// `affiant kb lookup HOST|COOKIE-NAME...`: what the knowledge tables say of a host or a cookie.
// `kb match` is in cmd_kb_match.cc.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "cli/added_lists.h"
#include "cli/commands.h"
#include "json/json.h"
#include "knowledge/knowledge.h"
#include "site/site.h"

namespace affiant::cli {
namespace {

struct Options {
  std::vector<std::string> names;
  std::string format = "text";
};

struct Answer {
  std::string query, host, site;  // host and site only for hosts.
  const knowledge::Vendor* vendor = nullptr;
  const knowledge::KnownCookie* cookie = nullptr;
  const knowledge::Alias* alias = nullptr;         // Of hosts, and so the next.
  std::vector<knowledge::LayerAnswer> layers_say;  // Each of the user's, whoever wins.
};

// A host has a dot and only the letters of host names; "[::1]" and addresses count as well.
bool may_be_host(std::string_view text) {
  if (site::is_ip_literal(text)) return true;
  if (text.empty() || text.find('.') == std::string_view::npos) return false;
  return text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
         std::string_view::npos;
}

// "connect.sid" is a cookie and "bat.bing.com" a host; where nothing is known, the dot decides.
Result<Answer> look_up(const std::string& query, const site::SiteTable& sites) {
  if (find_invalid_utf8(query) != std::string::npos)
    return fail(Code::kUsage, "kb lookup: {} is not UTF-8; give a host or the name of a cookie",
                printable(query));
  if (query.empty() || query.size() > limits::kCookieNameValue)
    return fail(Code::kUsage,
                "kb lookup: a name of {} bytes; give a host, a URL or the name of a cookie",
                query.size());
  Answer answer;
  answer.query = query;
  if (query.find("://") != std::string::npos) {
    AFFIANT_TRY(const site::Url url, site::parse_url(query));
    answer.host = url.host;
  } else if (may_be_host(query)) {
    answer.host = query;
  }
  if (!answer.host.empty()) answer.vendor = knowledge::find_vendor(answer.host);
  if (!answer.host.empty()) answer.alias = knowledge::find_alias(answer.host);
  if (answer.vendor == nullptr && answer.alias == nullptr)
    answer.cookie = knowledge::find_cookie(query);
  if (answer.cookie != nullptr) answer.host.clear();
  if (!answer.host.empty()) answer.site = sites.registrable_domain(answer.host);
  if (!answer.host.empty()) answer.layers_say = knowledge::layers_say(answer.host);
  return answer;
}

std::string lifetime_text(std::int64_t seconds) {
  if (seconds < 0) return "not documented";
  if (seconds == 0) return "until the browser closes";
  if (seconds % 86'400 == 0) return fmt::format("{} days", seconds / 86'400);
  return fmt::format("{} minutes", seconds / 60);
}

json::Value to_json(const Answer& a) {
  json::Value line = {{"query", a.query},
                      {"kind", a.host.empty() ? "cookie" : "host"},
                      {"known", a.vendor != nullptr || a.cookie != nullptr || a.alias != nullptr},
                      {"owner", nullptr},
                      {"category", nullptr},
                      {"registrable_domain", nullptr},
                      {"sources", json::Value::array()}};
  if (!a.host.empty()) line["registrable_domain"] = a.site;
  if (a.vendor != nullptr) {
    line["owner"] = a.vendor->owner;
    line["product"] = a.vendor->product;
    line["category"] = a.vendor->category;
    line["matched"] = a.vendor->host;
    line["names"] = knowledge::names_of(*a.vendor);
    line["sources"].push_back(a.vendor->source);
  }
  if (a.cookie != nullptr) {
    line["owner"] = a.cookie->owner;
    line["category"] = a.cookie->category;
    line["purpose"] = a.cookie->purpose;
    line["matched"] = a.cookie->pattern;
    line["lifetime_s"] =
        a.cookie->lifetime_s < 0 ? json::Value(nullptr) : json::Value(a.cookie->lifetime_s);
    line["domains"] = json::Value::array();
    std::string_view rest = a.cookie->domains;
    while (!rest.empty()) {
      line["domains"].push_back(rest.substr(0, rest.find('|')));
      rest.remove_prefix(std::min(rest.size(), rest.substr(0, rest.find('|')).size() + 1));
    }
    line["sources"].push_back(a.cookie->source);
  }
  if (a.alias != nullptr)
    line["alias"] = {
        {"target", a.alias->target}, {"vendor", a.alias->vendor}, {"source", a.alias->layer}};
  for (const knowledge::LayerAnswer& said : a.layers_say) {
    json::Value one = {{"source", said.layer},
                       {"owner", said.host->owner},
                       {"product", said.host->product},
                       {"category", said.host->category},
                       {"matched", said.host->host}};
    if (said.host->prevalence >= 0) one["prevalence"] = said.host->prevalence;
    line["layers"].push_back(std::move(one));
  }
  return line;
}

// An address of the vendor's, or the name of a list.
std::string_view named(std::string_view source) {
  return source.starts_with("http") ? "documented at" : "from";
}

std::string alias_text(const knowledge::Alias& alias) {
  return fmt::format("{}{}{}", alias.target.empty() ? "" : fmt::format("of {}, ", alias.target),
                     alias.vendor.empty() ? "" : fmt::format("of {}, ", alias.vendor),
                     fmt::format("by {}", alias.layer));
}

std::string layer_text(const knowledge::LayerAnswer& said) {
  std::string out = fmt::format("{}, {}", said.host->owner, said.host->category);
  if (said.host->prevalence >= 0)
    out += fmt::format(", on {:.1f} % of its sites", 100 * said.host->prevalence);
  return out + fmt::format(" ({})", said.layer);
}

void print_text(const Answer& a) {
  fmt::print("{}\n", printable(a.query));
  const auto row = [](std::string_view name, std::string_view value) {
    if (!value.empty()) fmt::print("  {:<19} {}\n", name, printable(value, 1'000));
  };
  row("registrable domain", a.site);
  if (a.vendor != nullptr) {
    row("owner", a.vendor->owner);
    row("product", a.vendor->product);
    row("category", a.vendor->category);
    row(named(a.vendor->source), a.vendor->source);
  } else if (a.cookie != nullptr) {
    row("cookie", a.cookie->pattern);
    row("owner", a.cookie->owner);
    row("purpose", a.cookie->purpose);
    row("category", a.cookie->category);
    row("documented life", lifetime_text(a.cookie->lifetime_s));
    row("only on", a.cookie->domains);
    row(named(a.cookie->source), a.cookie->source);
  } else if (a.alias == nullptr) {
    row(a.host.empty() ? "cookie" : "owner", "not known here, which says nothing about it");
  }
  if (a.alias != nullptr) row("an alias", alias_text(*a.alias));
  for (const knowledge::LayerAnswer& said : a.layers_say) row("a layer says", layer_text(said));
}

int run_lookup(const Options& options) {
  const auto sites = site::SiteTable::built_in();
  if (!sites) return report_error(sites.error());
  const auto files = lists_by_default();
  if (!files) return report_error(files.error());
  auto layers = layers_of(*files);
  if (!layers) return report_error(layers.error());
  knowledge::use_layers(std::move(*layers));
  std::vector<Answer> answers;
  for (const std::string& name : options.names) {
    const auto answer = look_up(name, *sites);
    if (!answer) return report_error(answer.error());
    answers.push_back(*answer);
  }
  for (const Answer& answer : answers) {
    if (options.format == "json") {
      const auto line = json::canonical(to_json(answer));
      if (!line) return report_error(line.error());
      fmt::print("{}\n", *line);
    } else {
      print_text(answer);
    }
  }
  if (options.format == "text") {
    std::vector<knowledge::Provenance> all = knowledge::provenance();
    for (knowledge::Provenance& p : knowledge::layer_provenance()) all.push_back(std::move(p));
    for (const knowledge::Provenance& p : all)
      fmt::print("from {} {} ({}), sha256 {}\n", p.source,
                 p.version.empty() ? "of no named version" : p.version, p.licence, p.sha256);
  }
  return kOk;
}

}  // namespace

void add_kb(CLI::App& app, Run* run) {
  CLI::App* kb = app.add_subcommand("kb", "What is known of hosts and cookies");
  kb->require_subcommand(1);
  CLI::App* lookup = kb->add_subcommand("lookup", "Owner, purpose and source of a host or cookie");
  auto options = std::make_shared<Options>();
  lookup->add_option("HOST|COOKIE-NAME", options->names, "Hosts, URLs or names of cookies")
      ->required();
  lookup->add_option("--format", options->format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  lookup->footer("Example:\n  affiant kb lookup bat.bing.com _ga_AB12CD\n");
  lookup->callback([=] { *run = [=] { return run_lookup(*options); }; });
  add_kb_match(*kb, run);
  add_kb_lists(*kb, run);
}

}  // namespace affiant::cli
