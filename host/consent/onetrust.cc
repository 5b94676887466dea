// OneTrust (also Optanon, CookiePro). Shapes read, and where they were learnt:
// - <ruleset>/<language>.json: DomainData.Groups[].{GroupName, OptanonGroupId, Parent,
//   FirstPartyCookies[], Hosts[].{HostName, Cookies[]}} with cookies {Name, Host, IsSession, Length
//   (days), description}; <id>.json, whose RuleSet only says where those files are; and the older
//   <id>.js with `Groups: [{Parent, GroupLanguagePropertiesSets[0].GroupName.Text, Cookies[]}]`
//   (dibollinger/CookieBlock-Consent-Crawler, .../Commands/onetrust_commands.py). SubGroups, and
//   FirstPartyCookies that are an app's SDKs ({Name, SdkId}): OneTrust's mobile SDKs.
// - the page table under #ot-sdk-cookie-policy: h4.ot-sdk-cookie-policy-group, then rows of
//   td.ot-host-td, .ot-cookies-td, .ot-cookies-type, .ot-life-span-td, names and lifetimes as
//   parallel lists. The classes say what a column is where its label is in a language not known.
// Length 0 without IsSession is shown as "a few seconds": no lifetime that can be compared.
#include <map>

#include "consent/managers.h"
#include "consent/markup.h"

namespace affiant::consent {
namespace {

constexpr double kDay = 86'400;

policy::DeclaredCookie row_of(const JsValue& cookie, std::string_view host,
                              std::string_view category) {
  policy::DeclaredCookie row;
  row.provider = cookie["Host"].string_or("");
  if (row.provider.empty()) row.provider = host;
  row.purpose = plain_words(cookie["description"].string_or(""));
  row.category = category;
  if (cookie["IsSession"].yes()) {
    row.session_cookie = true;
  } else {
    set_lifetime(&row, cookie["Length"].number(), kDay, Zero::kUnknown);
  }
  return row;
}

void read_cookies(const JsValue& cookies, std::string_view host, std::string_view category,
                  Collector* out) {
  for (const JsValue& cookie : items_of(cookies)) {
    if (cookie["SdkId"] && !cookie["Host"]) {
      out->unread("the SDKs of an app, which are no cookies");
      continue;
    }
    out->cookie(cookie["Name"].string_or(""), row_of(cookie, host, category), cookie);
  }
}

void read_group(const JsValue& group, std::string_view category, Collector* out) {
  read_cookies(group["FirstPartyCookies"], "", category, out);
  for (const JsValue& host : items_of(group["Hosts"])) {
    out->party(host["HostName"], category);
    read_cookies(host["Cookies"], host["HostName"].string_or(""), category, out);
  }
}

// A subgroup is called after a party or a cookie; what it is for, its parent says.
void read_groups(const JsValue& groups, Collector* out) {
  std::map<std::string, std::string> by_id;
  for (const JsValue& group : items_of(groups))
    by_id[group["OptanonGroupId"].string_or("")] = category_in(group["GroupName"].string_or(""));
  for (const JsValue& group : items_of(groups)) {
    std::string category = category_in(group["GroupName"].string_or(""));
    const auto parent = by_id.find(group["Parent"].string_or(""));
    const bool has_parent = parent != by_id.end() && !parent->first.empty();
    if (has_parent && category == "unclassified") category = parent->second;
    read_group(group, category, out);
    for (const JsValue& sub : items_of(group["SubGroups"])) {
      const std::string own = category_in(sub["GroupName"].string_or(""));
      read_group(sub, own == "unclassified" ? category : own, out);
    }
  }
}

Status read_json(const Input& input, Collector* out) {
  AFFIANT_TRY(const JsTree tree, read_json_tree(input));
  const JsValue root = tree.root();
  if (const JsValue groups = root["DomainData"]["Groups"]; groups.is(JsKind::kArray)) {
    out->data(root);
    read_groups(groups, out);
    return {};
  }
  if (!root["RuleSet"].is(JsKind::kArray)) return not_found(input, "a list of groups");
  out->data(root);
  out->unread(
      "the cookies: this file of OneTrust's only says which rules hold where; they stand in "
      "the files of its rule sets, such as en.json");
  return {};
}

bool read_old_groups(const JsValue& groups, Collector* out) {
  bool found = false;
  for (const JsValue& group : items_of(groups))
    found = found || group["Cookies"].is(JsKind::kArray);
  if (!found) return false;
  out->data(groups);
  for (const JsValue& group : items_of(groups)) {
    const JsValue parent = group["Parent"];
    const JsValue named = parent.is(JsKind::kObject) ? parent : group;
    const JsValue name = named["GroupLanguagePropertiesSets"].first()["GroupName"]["Text"];
    read_cookies(group["Cookies"], "", category_in(name.string_or("")), out);
  }
  return true;
}

// "364 Days, Session" beside two names.
std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = list.find(',');
    parts.push_back(list.substr(0, at));
    if (at == std::string_view::npos) return parts;
    list.remove_prefix(at + 1);
  }
}

struct Cells {
  const Element *host = nullptr, *names = nullptr, *lives = nullptr, *first = nullptr,
                *last = nullptr;
};

void read_row(const Markup& page, const Cells& cells, std::string_view category, Collector* out) {
  if (cells.names == nullptr) return;
  policy::DeclaredCookie row;
  row.category = category;
  if (cells.host != nullptr) row.provider = plain_words(page.of(*cells.host));
  const std::vector<std::string> names = patterns_in(page.of(*cells.names));
  const std::vector<std::string_view> lives =
      cells.lives == nullptr ? std::vector<std::string_view>() : parts_of(page.of(*cells.lives));
  for (std::size_t i = 0; i < names.size(); ++i) {
    // Lists of unequal length say nothing of any single name.
    if (lives.size() == names.size()) set_lifetime(&row, lives[i]);
    out->pattern(names[i], row, cells.first->start, cells.last->end);
  }
}

void read_page(const Input& input, Collector* out) {
  const Markup page = read_markup(input.text);
  for (const std::string& words : page.unread) out->unread(words);
  out->data(page.text);
  std::string category = "unclassified";
  Cells cells;
  for (const Element& element : page.elements) {
    if (element.tag == "tr" || element.has_class("ot-sdk-cookie-policy-group")) {
      read_row(page, cells, category, out);
      cells = {};
    }
    if (element.has_class("ot-sdk-cookie-policy-group")) category = category_in(page.of(element));
    if (element.tag != "td") continue;
    if (cells.first == nullptr) cells.first = &element;
    cells.last = &element;
    if (element.has_class("ot-host-td")) cells.host = &element;
    if (element.has_class("ot-cookies-td")) cells.names = &element;
    if (element.has_class("ot-life-span-td")) cells.lives = &element;
  }
  read_row(page, cells, category, out);
}

}  // namespace

Status read_onetrust(const Input& input, Collector* out) {
  if (input.shape == Shape::kJson) return read_json(input, out);
  bool found = false;
  if (input.shape == Shape::kHtml && input.text.find("ot-cookies-td") != std::string::npos) {
    read_page(input, out);
    found = true;
  }
  if (input.text.find("GroupLanguagePropertiesSets") != std::string::npos) {
    AFFIANT_TRY(const bool groups, each_literal(input, {"Groups"}, ':', "[",
                                                [&](std::string_view, const JsValue& list) {
                                                  return read_old_groups(list, out);
                                                }));
    found = found || groups;
  }
  return found ? Status() : not_found(input, "a list of groups");
}

}  // namespace affiant::consent
