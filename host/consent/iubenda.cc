// iubenda. Shapes read, and where they were learnt:
// - its policy documents, as a page or as {"success", "content"} of www.iubenda.com/api/privacy-
//   policy/<id>[/cookie-policy]: boxes whose heading bears a class "policyicon_purpose_<number>"
//   and says a purpose, and below it one heading a service, "Google Analytics (Google Inc.)"; a
//   service of the site itself has "(This Application)" there, in the document's language (saved
//   policies in public repositories: Italian, Spanish, French, English).
// - `_iub.csConfiguration = {siteId, cookiePolicyId, purposes: "1, 4, 5", ...}`: settings of the
//   banner, which name neither a cookie nor a service.
#include <algorithm>
#include <array>

#include "consent/managers.h"
#include "consent/markup.h"
#include "policy/tokens.h"

namespace affiant::consent {
namespace {

bool is_heading(const Element& e) {
  return e.tag.size() == 2 && e.tag[0] == 'h' && e.tag[1] >= '1' && e.tag[1] <= '6';
}

// "Contact form (This Application)": nobody else takes part.
bool is_own(std::string_view bracketed) {
  constexpr auto kOwn = std::to_array<std::string_view>(
      {"this application", "this website", "questa applicazione", "questo sito", "diese anwendung",
       "diese website", "cette application", "ce site", "esta aplicación", "este sitio",
       "este aplicativo", "esta aplicação", "deze applicatie", "deze website", "ta aplikacja"});
  const std::string folded = policy::fold(bracketed);
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [&](std::string_view own) { return folded.find(own) != std::string::npos; });
}

bool read_page(const std::string& html, Collector* out) {
  const Markup page = read_markup(html);
  for (const std::string& words : page.unread) out->unread(words);
  out->data(page.text);
  bool found = false;
  std::string category;
  // The box is the parent of the element with the class; what follows outside of it is no service.
  std::size_t box_end = 0;
  const Element* purpose = nullptr;
  for (const Element& e : page.elements) {
    if (e.classes.find("policyicon_purpose_") != std::string::npos) {
      found = true;
      purpose = &e;
      box_end = e.parent < 0 ? e.end : page.elements[static_cast<std::size_t>(e.parent)].end;
      // Where the class is not on the heading itself, the first heading within is the purpose.
      category = is_heading(e) ? category_in(page.of(e)) : std::string();
      if (!is_heading(e)) box_end = e.end;
      continue;
    }
    if (!is_heading(e) || e.start >= box_end) continue;
    const std::string_view words = page.of(e);
    if (category.empty() && purpose != nullptr && !is_heading(*purpose)) {
      category = category_in(words);
      continue;
    }
    const std::size_t open = words.find(" (");
    const std::string_view bracketed =
        open == std::string_view::npos ? std::string_view() : words.substr(open);
    if (bracketed.empty() || is_own(bracketed)) continue;
    out->party(words.substr(0, open), category, e.start, e.start + words.size());
  }
  return found;
}

}  // namespace

Status read_iubenda(const Input& input, Collector* out) {
  bool found = false;
  if (input.shape == Shape::kJson) {
    AFFIANT_TRY(const JsTree tree, read_json_tree(input));
    if (const auto content = tree.root()["content"].string()) found = read_page(*content, out);
  } else if (input.shape == Shape::kHtml &&
             input.text.find("policyicon_purpose_") != std::string::npos) {
    found = read_page(input.text, out);
  }
  if (found) return {};
  AFFIANT_TRY(found, each_literal(input, {"csConfiguration"}, '=', "{",
                                  [&](std::string_view, const JsValue& settings) {
                                    out->data(settings);
                                    return true;
                                  }));
  if (found)
    out->unread(
        "the cookies and services: iubenda's settings name none; they stand in its cookie "
        "policy");
  return found ? Status() : not_found(input, "a policy document or settings");
}

}  // namespace affiant::consent
