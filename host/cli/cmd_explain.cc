// affiant explain: one or more Set-Cookie values through the standard, step by step, as a browser
// would take them.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "base/bytes.h"
#include "cli/commands.h"
#include "json/json.h"
#include "observe/cookie_date.h"
#include "observe/cookie_store.h"

namespace affiant::cli {
namespace {

using observe::CookieStore;

struct Options {
  std::vector<std::string> lines;
  std::string url, at, engine = "chromium", send_to, page, format = "text";
  bool script = false;
};

struct Explained {
  observe::Engine engine = observe::Engine::kChromium;
  std::int64_t now_ms = 0;
  std::vector<CookieStore::Received> cookies;
  bool sends = false;
  observe::Trace sent;
  std::string header;
};

std::int64_t clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// The value alone, also when it was pasted with the field's name.
std::string_view field_value(std::string_view line) {
  constexpr std::string_view kName = "set-cookie:";
  if (line.size() < kName.size()) return line;
  for (std::size_t i = 0; i < kName.size(); ++i) {
    const char c = line[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c) != kName[i]) return line;
  }
  return line.substr(kName.size());
}

Result<site::Url> web_url(std::string_view option, const std::string& text) {
  auto url = site::parse_url(text);
  if (!url)
    return fail(Code::kUsage, "{}: {}; give a URL such as https://shop.example/", option,
                url.error().message);
  if (url->host.empty())
    return fail(Code::kUsage, "{}: {} has no host, and cookies belong to hosts", option,
                printable(text));
  return *url;
}

Result<Explained> explain(const Options& options) {
  Explained result;
  const auto engine = observe::engine_named(options.engine);
  if (!engine)
    return fail(Code::kUsage, "--engine {}: use chromium, firefox or rfc6265bis",
                printable(options.engine));
  result.engine = *engine;
  AFFIANT_TRY(const site::Url url, web_url("--url", options.url));
  result.now_ms = clock_ms();
  if (!options.at.empty()) {
    const auto at = observe::parse_rfc3339(options.at);
    if (!at)
      return fail(Code::kUsage, "--at {}: use RFC 3339, for example 2026-01-31T12:00:00Z",
                  printable(options.at));
    result.now_ms = *at;
  }
  AFFIANT_TRY(const site::SiteTable sites, site::SiteTable::built_in());
  observe::SetContext context;
  context.url = url;
  context.now_ms = result.now_ms;
  context.from_script = options.script;
  context.top_level = options.page.empty() && !options.script;
  site::Url page = url;
  if (!options.page.empty()) {
    AFFIANT_TRY(page, web_url("--page", options.page));
    context.same_site = sites.party(url.host, page.host) == site::Party::kFirst;
  }
  CookieStore store(*engine, &sites);
  for (const std::string& line : options.lines)
    result.cookies.push_back(store.receive(field_value(line), context));
  if (options.send_to.empty()) return result;
  AFFIANT_TRY(const site::Url target, web_url("--send-to", options.send_to));
  observe::SendContext send;
  send.url = target;
  send.now_ms = result.now_ms;
  if (!options.page.empty())
    send.same_site = sites.party(target.host, page.host) == site::Party::kFirst;
  result.sends = true;
  result.header = store.cookie_header(send, &result.sent);
  return result;
}

std::string reason_of(const CookieStore::Received& cookie) {
  return std::string(observe::refusal_text(cookie.refusal));
}

void print_text(const Options& options, const Explained& result) {
  std::string out =
      fmt::format("As {} takes it, from {}{}, at {}\n", observe::engine_name(result.engine),
                  printable(options.url, 500), options.script ? " (a script)" : "",
                  observe::rfc3339(result.now_ms));
  for (std::size_t i = 0; i < result.cookies.size(); ++i) {
    const CookieStore::Received& c = result.cookies[i];
    out += fmt::format("\nSet-Cookie: {}\n", printable(field_value(options.lines[i]), 2'000));
    std::size_t width = 0;
    for (const observe::Step& step : c.trace) width = std::max(width, step.number.size());
    for (const observe::Step& step : c.trace)
      out += fmt::format("  {:<{}}  {:<8}  {}\n", step.number, width, step.outcome, step.did);
    const std::string reason = reason_of(c);
    out += fmt::format("  => {}{}\n", observe::outcome_name(c.outcome),
                       reason.empty() ? reason : ": " + reason);
    if (!c.cookie || c.outcome == CookieStore::Outcome::kDeleted) continue;
    out += fmt::format(
        "     name {}, value {}\n     sent to {}{}, path {}, {}; {}; {}; SameSite {}{}\n",
        c.cookie->name.empty() ? "(empty)" : printable(c.cookie->name),
        c.cookie->value.empty() ? "(empty)" : printable(c.cookie->value),
        printable(c.cookie->domain), c.cookie->host_only ? " only" : " and under it",
        printable(c.cookie->path),
        c.cookie->persistent ? "until " + observe::rfc3339(c.cookie->expires_ms)
                             : "until the browser closes",
        c.cookie->secure ? "Secure" : "not Secure",
        c.cookie->http_only ? "HttpOnly" : "not HttpOnly", c.cookie->same_site,
        c.cookie->partitioned ? "; Partitioned" : "");
  }
  if (result.sends) {
    out += fmt::format("\nA later request to {}\n", printable(options.send_to, 500));
    for (const observe::Step& step : result.sent)
      out += fmt::format("  {}  {:<8}  {}\n", step.number, step.outcome, step.did);
    out += result.header.empty()
               ? "  => no Cookie header\n"
               : fmt::format("  => Cookie: {}\n", printable(result.header, 64'000));
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
}

// JSON carries UTF-8: text that is not becomes visible escapes.
std::string utf8(std::string_view text) {
  return find_invalid_utf8(text) == std::string_view::npos ? std::string(text)
                                                           : printable(text, text.size() * 8 + 16);
}

json::Value steps_json(const observe::Trace& trace) {
  json::Value steps = json::Value::array();
  for (const observe::Step& step : trace)
    steps.push_back({{"step", step.number}, {"outcome", step.outcome}, {"did", step.did}});
  return steps;
}

json::Value cookie_json(const std::string& line, const CookieStore::Received& c) {
  json::Value out = {{"input", utf8(field_value(line))},
                     {"outcome", observe::outcome_name(c.outcome)},
                     {"reason", nullptr},
                     {"refusal", nullptr},
                     {"name", nullptr},
                     {"value", nullptr},
                     {"steps", steps_json(c.trace)}};
  if (c.refusal != observe::Refusal::kNone) {
    out["reason"] = reason_of(c);
    out["refusal"] = observe::refusal_name(c.refusal);
  }
  json::Value attributes = json::Value::array();
  if (c.parsed) {
    out["name"] = utf8(c.parsed->name);
    out["value"] = utf8(c.parsed->value);
    for (const observe::Attribute& a : c.parsed->attributes)
      attributes.push_back(
          {{"name", utf8(a.name)}, {"value", utf8(a.value)}, {"ignored", a.ignored}});
  }
  out["attributes"] = std::move(attributes);
  for (const char* field : {"domain", "host_only", "path", "secure", "http_only", "same_site",
                            "partitioned", "session_cookie", "expires", "lifetime_s"})
    out[field] = nullptr;
  if (!c.cookie) return out;
  out["domain"] = utf8(c.cookie->browser_domain());
  out["host_only"] = c.cookie->host_only;
  out["path"] = utf8(c.cookie->path);
  out["secure"] = c.cookie->secure;
  out["http_only"] = c.cookie->http_only;
  const std::string& same_site = c.cookie->same_site;
  out["same_site"] = same_site == "Default"  ? "unset"
                     : same_site == "Strict" ? "strict"
                     : same_site == "Lax"    ? "lax"
                                             : "none";
  out["partitioned"] = c.cookie->partitioned;
  out["session_cookie"] = !c.cookie->persistent;
  if (c.cookie->persistent && c.outcome != CookieStore::Outcome::kDeleted) {
    out["expires"] = observe::rfc3339(c.cookie->expires_ms);
    out["lifetime_s"] = (c.cookie->expires_ms - c.received_ms) / 1'000;
  }
  return out;
}

Status print_json(const Options& options, const Explained& result) {
  json::Value cookies = json::Value::array();
  for (std::size_t i = 0; i < result.cookies.size(); ++i)
    cookies.push_back(cookie_json(options.lines[i], result.cookies[i]));
  json::Value out = {{"engine", observe::engine_name(result.engine)},
                     {"url", utf8(options.url)},
                     {"at", observe::rfc3339(result.now_ms)},
                     {"cookies", std::move(cookies)},
                     {"send_to", nullptr},
                     {"cookie_header", nullptr},
                     {"sent", json::Value::array()}};
  if (result.sends) {
    out["send_to"] = utf8(options.send_to);
    out["cookie_header"] = utf8(result.header);
    out["sent"] = steps_json(result.sent);
  }
  AFFIANT_TRY(const std::string text, json::canonical(out));
  std::printf("%s\n", text.c_str());
  return {};
}

int run_explain(const Options& options) {
  const auto result = explain(options);
  if (!result) return report_error(result.error());
  if (options.format == "text") {
    print_text(options, *result);
  } else if (const Status printed = print_json(options, *result); !printed) {
    return report_error(printed.error());
  }
  return kOk;
}

}  // namespace

void add_explain(CLI::App& app, Run* run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "explain", "how Set-Cookie values parse, and what a browser stores or refuses and why");
  command
      ->add_option("SET-COOKIE-VALUE", options->lines,
                   "one or more, taken in this order as one response would send them")
      ->required();
  command->add_option("--url", options->url, "the URL whose response sends them")->required();
  command->add_option("--at", options->at, "when it happens, RFC 3339 (default: now)");
  command->add_option("--engine", options->engine,
                      "chromium, firefox or rfc6265bis (default: chromium)");
  command->add_option("--send-to", options->send_to,
                      "also say which Cookie header a later request to this URL carries");
  command->add_option("--page", options->page,
                      "the page that both requests belong to (default: they are the page itself)");
  command->add_flag("--script", options->script, "a script sets them, not a response");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  command->callback([options, run] { *run = [options] { return run_explain(*options); }; });
}

}  // namespace affiant::cli
