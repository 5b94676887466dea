#include "cli/policy_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/language.h"
#include "report/text_layout.h"

namespace affiant::cli {
namespace {

using policy::Declaration;
using policy::DeclaredCookie;
using policy::Statement;
using report::count_of;
using report::safe;
using report::wrap;

constexpr std::size_t kColumns = 80;
constexpr std::size_t kQuoteBytes = 200;
constexpr std::size_t kIds = 8;  // Of statements that say the same; the rest is a number.

struct Words {
  std::string_view type, does, does_not;
};

// What each type of statement says, as somebody would say it who has not read our documents.
constexpr auto kWords = std::to_array<Words>({
    {"uses-cookies", "Uses cookies", "No cookies"},
    {"no-cookies", "No cookies", "No cookies"},
    {"closed-list", "The list of cookies is complete", "The list of cookies is not complete"},
    {"cookie-category", "Cookies of a kind", "No cookies of a kind"},
    {"lifetime", "How long cookies stay", "How long cookies do not stay"},
    {"only-necessary", "Only necessary cookies", "More than necessary cookies only"},
    {"consent", "Consent", "No consent"},
    {"opt-out-effect", "What opting out does", "What opting out does not do"},
    {"named-third-party", "Named company", "Not this company"},
    {"third-party-category", "Other companies, not named", "None of these companies"},
    {"third-party-denial", "No third parties", "No third parties"},
    {"behavioural-tracking", "Tracking of behaviour", "No tracking of behaviour"},
    {"advertising", "Advertising", "No advertising"},
    {"analytics-setup", "How measuring is set up", "How measuring is not set up"},
    {"other-storage", "Storage besides cookies", "No storage besides cookies"},
    {"beacon-or-fingerprint", "Pixels, fingerprints or recordings",
     "No pixels, fingerprints or recordings"},
    {"signal", "Honours", "Ignores"},
    {"opt-out-link", "A way to opt out", "No way to opt out"},
    {"sale-or-sharing", "Sells or shares data", "No sale or sharing of data"},
    {"cookie-content", "What cookies hold", "What cookies do not hold"},
    {"server-practice", "What is done with data", "What is not done with data"},
    {"scope", "Where this text applies", "Where this text does not apply"},
    {"policy-itself", "The text about itself", "The text about itself"},
});

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : ", ") + safe(item, 60);
  return out;
}

std::string signals_of(const Statement& s) {
  std::string out;
  for (const std::string& signal : s.data) {
    const std::string name = signal == "dnt"   ? "Do Not Track"
                             : signal == "gpc" ? "Global Privacy Control"
                                               : safe(signal, 40);
    out += (out.empty() ? " " : ", ") + name;
  }
  return out;
}

// "Named company: Google Analytics, for analytics (perhaps; examples only)"
std::string label_of(const Statement& s) {
  const bool does = s.polarity == "does";
  const auto* words =
      std::find_if(kWords.begin(), kWords.end(), [&](const Words& w) { return w.type == s.type; });
  std::string out = words == kWords.end() ? safe(s.type, 60) + (does ? "" : ": not")
                                          : std::string(does ? words->does : words->does_not);
  if (s.type == "third-party-denial" &&
      std::find(s.data.begin(), s.data.end(), "cookies") != s.data.end())
    out = "No cookies of third parties";
  if (s.type == "signal") out += signals_of(s);
  if (!s.parties.empty()) out += ": " + joined(s.parties);
  if (!s.purposes.empty()) out += ", for " + joined(s.purposes);
  std::vector<std::string_view> limits;
  if (s.modality == "may") limits.push_back("perhaps");
  if (s.hedged) limits.push_back("hedged");
  if (s.open_list) limits.push_back("examples only");
  if (!s.condition.empty()) limits.push_back("under a condition");
  if (!s.exception.empty()) limits.push_back("with an exception");
  if (!s.scope.empty()) limits.push_back("for a part");
  if (s.observable == "no" && !does) limits.push_back("no browser can check it");
  for (std::size_t i = 0; i < limits.size(); ++i)
    out.append(i == 0 ? " (" : ", ").append(limits[i]).append(i + 1 == limits.size() ? ")" : "");
  return out;
}

struct Entry {  // Statements that say the same; the first one's words stand for all.
  std::string label;
  const Statement* first = nullptr;
  std::vector<std::string_view> ids;
};

class Text {
 public:
  Text(const Declaration& declaration, bool colour) : d_(declaration), colour_(colour) {}

  std::string run(const std::string& file) {
    out_ = bold(safe(file, 300)) + "\n";
    overview();
    section("Who else takes part", {"named-third-party", "third-party-category",
                                    "behavioural-tracking", "advertising", "sale-or-sharing"});
    section("What is used", {"uses-cookies", "cookie-category", "only-necessary", "other-storage",
                             "beacon-or-fingerprint", "closed-list", "analytics-setup",
                             "cookie-content", "server-practice"});
    section("How long", {"lifetime"});
    entries("What is denied", collect([](const Statement& s) { return denies(s); }));
    section("Choices and signals", {"consent", "signal", "opt-out-link", "opt-out-effect"});
    section("About this text", {"scope", "policy-itself"});
    cookies();
    unseen();
    not_read();
    return std::move(out_);
  }

 private:
  static bool denies(const Statement& s) {
    return s.polarity != "does" && s.type != "signal" && s.type != "policy-itself" &&
           s.type != "scope" && s.type != "closed-list";
  }

  std::string bold(std::string_view text) const {
    return colour_ ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
  }
  void line(std::string_view text, std::string_view first) { out_ += wrap(text, kColumns, first); }
  void head(std::string_view title) { out_ += "\n  " + bold(title) + "\n"; }

  void overview() {
    const std::string code = d_.sources.empty() ? "" : d_.sources.front().language;
    const std::string language = code.empty() ? "" : " in " + policy::language_name(code);
    if (d_.is_policy) {
      line(fmt::format("A policy{}: {} and {}.", language,
                       count_of(d_.statements.size(), "statement"),
                       count_of(d_.cookies.size(), "declared cookie")),
           "  ");
    } else if (d_.statements.empty() && d_.cookies.empty()) {
      line("This does not read as a policy, and nothing that it declares was found.", "  ");
    } else {
      line(fmt::format("This does not read as a policy{}. What it says all the same: {} and {}.",
                       language, count_of(d_.statements.size(), "statement"),
                       count_of(d_.cookies.size(), "declared cookie")),
           "  ");
    }
    if (!d_.unread.empty()) line("Not all of it was read: see the end.", "  ");
  }

  template <typename Wanted>
  std::vector<Entry> collect(const Wanted& wanted) const {
    std::vector<Entry> found;
    for (const Statement& s : d_.statements) {
      if (!wanted(s)) continue;
      std::string label = label_of(s);
      const auto same = std::find_if(found.begin(), found.end(),
                                     [&](const Entry& e) { return e.label == label; });
      if (same == found.end())
        found.push_back({std::move(label), &s, {s.id}});
      else
        same->ids.push_back(s.id);
    }
    return found;
  }

  void section(std::string_view title, std::initializer_list<std::string_view> types) {
    entries(title, collect([&](const Statement& s) {
              return !denies(s) && s.observable != "no" &&
                     std::find(types.begin(), types.end(), s.type) != types.end();
            }));
  }

  void entries(std::string_view title, const std::vector<Entry>& found) {
    if (!found.empty()) head(title);
    for (const Entry& entry : found) {
      line(entry.label + also(entry), fmt::format("    {:<5} ", entry.first->id));
      line("\"" + safe(entry.first->quote, kQuoteBytes) + "\"", "          ");
    }
  }

  static std::string also(const Entry& entry) {
    if (entry.ids.size() < 2) return {};
    std::string out = " [also ";
    for (std::size_t i = 1; i < std::min(entry.ids.size(), kIds); ++i)
      out.append(i == 1 ? "" : ", ").append(entry.ids[i]);
    if (entry.ids.size() > kIds) out += fmt::format(" and {} more", entry.ids.size() - kIds);
    return out + "]";
  }

  static std::string duration(const DeclaredCookie& c) {
    if (c.session_cookie) return "session";
    return c.lifetime_s ? report::lifetime_text(*c.lifetime_s) : "not said";
  }

  void cookies() {
    if (d_.cookies.empty()) return;
    head("Declared cookies and other storage");
    row("name", "kind", "stays", "whose");
    for (const DeclaredCookie& c : d_.cookies) {
      const std::string whose =
          (c.storage == "cookie" ? "" : safe(c.storage, 20) + " ") + safe(c.provider, 60);
      row(safe(c.pattern, 100), c.category, duration(c), whose);
    }
  }

  void row(std::string_view name, std::string_view kind, std::string_view stays,
           std::string_view whose) {
    std::string text = "    " + report::pad(name, 28) + " " + report::pad(kind, 12) + " " +
                       report::pad(stays, 12) + " " + report::fit(whose, 21);
    text.erase(text.find_last_not_of(' ') + 1);
    out_ += text + "\n";
  }

  // What is declared and what no browser can hold against it, by kind; how much else there is.
  void unseen() {
    const std::vector<Entry> found =
        collect([](const Statement& s) { return !denies(s) && s.observable == "no"; });
    if (found.empty() && d_.not_observable == 0) return;
    head("What no browser can check");
    std::vector<std::pair<std::string_view, std::size_t>> kinds;
    for (const Entry& entry : found) {
      const std::string_view kind =
          std::string_view(entry.label).substr(0, entry.label.find_first_of(":,("));
      const auto at =
          std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == kind; });
      if (at == kinds.end())
        kinds.emplace_back(kind, entry.ids.size());
      else
        at->second += entry.ids.size();
    }
    for (const auto& [kind, n] : kinds) {
      std::string_view plain = kind;
      while (plain.ends_with(' ')) plain.remove_suffix(1);
      line(fmt::format("{}: {}", plain, count_of(n, "statement")), "    ");
    }
    if (d_.not_observable > 0)
      line(fmt::format("{} nothing that could be seen from outside.",
                       count_of(static_cast<std::size_t>(d_.not_observable), "passage says",
                                "passages say")),
           "    ");
  }

  void not_read() {
    if (d_.unread.empty()) return;
    head("What was not read");
    for (const std::string& what : d_.unread) line(safe(what, 400), "    - ");
  }

  const Declaration& d_;
  bool colour_;
  std::string out_;
};

}  // namespace

std::string policy_text(const std::string& file, const Declaration& declaration, bool colour) {
  return Text(declaration, colour).run(file);
}

}  // namespace affiant::cli
