// Cookiebot. Shapes read, and where they were learnt:
// - cc.js: `CookieConsentDialog.cookieTable<Category> = [[name, domain, purpose, expiry, type name,
//   type number], ...];` with five categories; "<br/>" parts several domains
//   (dibollinger/CookieBlock- Consent-Crawler,
//   crawler/openwpm/automation/Commands/cookiebot_commands.py).
// - cdreport.js: the page copy as one string, `CookieDeclaration.InjectCookieDeclaration('<div
// ...')`
//   (viaacode/hetarchief-client and other sites that replace that function to get at the markup).
// - the page copy: `.CookieDeclarationType` with `.CookieDeclarationTypeHeader` and rows of five
//   `td.CookieDeclarationTableCell`: name, provider, purpose, longest storage, type. The general
//   table reader finds the columns by their labels, in the languages it knows; here they are told
//   by their order, in any language. "__cf_bm [x2]" counts how often a name was found.
#include <algorithm>

#include "consent/managers.h"
#include "consent/markup.h"

namespace affiant::consent {
namespace {

constexpr std::string_view kInject = "InjectCookieDeclaration";

struct Table {
  std::string_view name, category;
};
constexpr Table kTables[] = {{"cookieTableNecessary", "necessary"},
                             {"cookieTablePreference", "functional"},
                             {"cookieTableStatistics", "analytics"},
                             {"cookieTableAdvertising", "advertising"},
                             {"cookieTableUnclassified", "unclassified"}};

// "__cf_bm [x2]" is "__cf_bm", found twice.
std::string_view without_count(std::string_view name) {
  const std::size_t open = name.rfind(" [x");
  if (open == std::string_view::npos || !name.ends_with(']')) return name;
  const std::string_view count = name.substr(open + 3, name.size() - open - 4);
  const bool digits =
      !count.empty() && count.find_first_not_of("0123456789") == std::string_view::npos;
  return digits ? name.substr(0, open) : name;
}

policy::DeclaredCookie row_of(std::string_view provider, std::string_view purpose,
                              std::string_view expiry, std::string_view type,
                              std::string_view category) {
  policy::DeclaredCookie row;
  row.provider = plain_words(provider);
  row.purpose = plain_words(purpose);
  row.category = category;
  row.storage = storage_in(type);
  set_lifetime(&row, expiry);
  return row;
}

void read_table(const JsValue& table, std::string_view category, Collector* out) {
  out->data(table);
  for (JsValue item = table.first(); item; item = item.next()) {
    std::vector<std::string> cells;
    for (const JsValue& cell : items_of(item)) cells.push_back(cell.string_or(""));
    cells.resize(std::max<std::size_t>(cells.size(), 5));
    out->cookie(without_count(plain_words(cells[0])),
                row_of(cells[1], cells[2], cells[3], cells[4], category), item);
  }
}

void read_page(const std::string& html, Collector* out) {
  const Markup page = read_markup(html);
  for (const std::string& words : page.unread) out->unread(words);
  out->data(page.text);
  std::string category = "unclassified";
  std::vector<const Element*> cells;
  const auto end_row = [&] {
    if (cells.size() >= 4) {
      const auto cell = [&](std::size_t i) {
        return i < cells.size() ? page.of(*cells[i]) : std::string_view();
      };
      out->cookie(without_count(cell(0)), row_of(cell(1), cell(2), cell(3), cell(4), category),
                  cells.front()->start, cells.back()->end);
    }
    cells.clear();
  };
  for (const Element& element : page.elements) {
    if (element.tag == "tr") end_row();
    if (element.has_class("CookieDeclarationTypeHeader")) {
      end_row();
      category = category_in(page.of(element));
    } else if (element.tag == "td" && element.has_class("CookieDeclarationTableCell")) {
      cells.push_back(&element);
    }
  }
  end_row();
}

}  // namespace

Status read_cookiebot(const Input& input, Collector* out) {
  bool found = false;
  if (input.shape == Shape::kHtml &&
      input.text.find("CookieDeclarationTableCell") != std::string::npos) {
    read_page(input.text, out);
    found = true;
  }
  AFFIANT_TRY(const bool tables,
              each_literal(input,
                           {kTables[0].name, kTables[1].name, kTables[2].name, kTables[3].name,
                            kTables[4].name},
                           '=', "[", [&](std::string_view name, const JsValue& table) {
                             for (const Table& known : kTables) {
                               if (known.name == name) read_table(table, known.category, out);
                             }
                             return true;
                           }));
  // Elsewhere the function is made, or called with a variable.
  AFFIANT_TRY(const bool reports, each_literal(input, {kInject}, '(', "'\"",
                                               [&](std::string_view, const JsValue& html) {
                                                 read_page(html.string_or(""), out);
                                                 return true;
                                               }));
  found = found || tables || reports;
  if (found) return {};
  // What cc.js answers where there is no banner, or none for this address.
  if (input.text.find("CookieConsent.setOutOfRegion") != std::string::npos) {
    out->unread("the cookies: Cookiebot's file was made for a region without a banner");
    return {};
  }
  if (input.text.find("cookiedomainwarning") != std::string::npos) {
    out->unread(
        "the cookies: Cookiebot's file holds no table; it was asked for with an address "
        "that is not the site's");
    return {};
  }
  return not_found(input, "a table of cookies");
}

}  // namespace affiant::consent
