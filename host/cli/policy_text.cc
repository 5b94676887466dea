#include "cli/policy_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace affiant::cli {
namespace {

using policy::Declaration;
using policy::DeclaredCookie;
using policy::Statement;

constexpr std::size_t kQuoteBytes = 150;

std::string quoted(const Statement& s) {
  std::string text = s.quote;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return "\"" + printable(text, kQuoteBytes) + "\"";
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : ", ") + printable(item, 60);
  return out;
}

// What kind of statement, with what holds it back.
std::string kind(const Statement& s) {
  std::string out = s.type;
  const std::string about = joined(s.parties.empty() ? s.purposes : s.parties);
  if (!about.empty()) out += " (" + about + ")";
  if (s.type == "signal")
    out += " (" + joined(s.data) + (s.polarity == "does" ? ": honoured)" : ": ignored)");
  std::string limits;
  const auto add = [&](std::string_view words) {
    limits += (limits.empty() ? "" : ", ") + std::string(words);
  };
  if (s.modality == "may") add("may");
  if (s.hedged) add("hedged");
  if (s.open_list) add("open list");
  if (!s.condition.empty()) add("conditional");
  if (!s.exception.empty()) add("with an exception");
  if (!s.scope.empty()) add(printable(s.scope, 60));
  if (!limits.empty()) out += " [" + limits + "]";
  return out;
}

std::string duration(const DeclaredCookie& c) {
  if (c.session_cookie) return "session";
  if (!c.lifetime_s) return "-";
  const std::int64_t s = *c.lifetime_s;
  if (s >= 2 * 86'400 || (s > 0 && s % 86'400 == 0)) return fmt::format("{} d", s / 86'400);
  if (s >= 2 * 3'600) return fmt::format("{} h", s / 3'600);
  return s >= 60 ? fmt::format("{} min", s / 60) : fmt::format("{} s", s);
}

class Text {
 public:
  Text(const std::string& file, const Declaration& d) : d_(d) {
    const std::string& language = d.sources.front().language;
    out_ = fmt::format("{}\n", printable(file, 300));
    out_ +=
        fmt::format("  {}, language {}; {} statements, {} declared cookies\n",
                    d.is_policy ? "a policy" : "does not read as a policy",
                    language.empty() ? "unknown" : language, d.statements.size(), d.cookies.size());
    for (const std::string& what : d.unread)
      out_ += fmt::format("  not read: {}\n", printable(what, 300));
  }

  std::string run() {
    section("Who takes part", {"named-third-party", "third-party-category", "behavioural-tracking",
                               "advertising", "sale-or-sharing"});
    section("What is used", {"uses-cookies", "cookie-category", "only-necessary", "other-storage",
                             "beacon-or-fingerprint", "closed-list", "analytics-setup"});
    section("How long", {"lifetime"});
    denied();
    section("Consent, signals, ways out", {"consent", "signal", "opt-out-link", "opt-out-effect"});
    section("Data and cookie contents", {"server-practice", "cookie-content"});
    section("The policy itself", {"scope", "policy-itself"});
    cookies();
    out_ += fmt::format(
        "\n  Of no use to a browser's eyes: {} units of text say nothing that could be observed\n",
        d_.not_observable);
    return std::move(out_);
  }

 private:
  void head(std::string_view title) { out_ += fmt::format("\n  {}\n", title); }

  void line(const Statement& s) {
    out_ += fmt::format("    {:<5} {}{}\n          {}\n", s.id, kind(s),
                        s.observable == "no" ? " (cannot be observed)" : "", quoted(s));
  }

  void section(std::string_view title, std::initializer_list<std::string_view> types) {
    bool open = false;
    for (const Statement& s : d_.statements) {
      if (s.polarity == "does-not" && s.type != "signal") continue;
      if (std::find(types.begin(), types.end(), s.type) == types.end()) continue;
      if (!open) head(title);
      open = true;
      line(s);
    }
  }

  void denied() {
    bool open = false;
    for (const Statement& s : d_.statements) {
      if (s.polarity != "does-not" || s.type == "signal") continue;
      if (!open) head("What is denied");
      open = true;
      line(s);
    }
  }

  void cookies() {
    if (d_.cookies.empty()) return;
    head("Declared cookies");
    for (const DeclaredCookie& c : d_.cookies) {
      std::string provider = c.provider;
      std::replace(provider.begin(), provider.end(), '\n', ' ');
      out_ += fmt::format("    {:<32} {:<12} {:>8}  {}{}\n", printable(c.pattern, 60), c.category,
                          duration(c), c.storage == "cookie" ? "" : c.storage + "  ",
                          printable(provider, 60));
    }
  }

  const Declaration& d_;
  std::string out_;
};

}  // namespace

std::string policy_text(const std::string& file, const Declaration& declaration) {
  return Text(file, declaration).run();
}

}  // namespace affiant::cli
