// Complianz (WordPress). Shape read: its cookie policy document, in which a service is
// `<details class="cmplz-service-desc"><summary class="cmplz-service-header"><h3>{service}</h3>`,
// followed by one `<div class="cookies-per-purpose">` a purpose with `<div class="purpose"><h4>`
// and for each cookie `<div class="name">`, `<div class="retention">`, `<div class="function">`
// (Really-Simple-Plugins/complianz-gdpr, templates/cookiepolicy/services.php and cookies_row.php;
// City-of-Helsinki's copy has h4 and spans in the summary). None of it is a table, so the general
// reader of tables cannot see it. And as JSON what its REST route complianz/v1/cookie_data answers,
// from which its script deletes what is not consented to: {category: {service: [name, ...]}}, with
// the stars of masks taken off, and without the cookies that need no consent (Complianz's
// class cmplz_cookie_blocker, get_cookies()). The script object `complianz` holds settings of the
// banner and no cookie.
#include <algorithm>

#include "consent/managers.h"
#include "consent/markup.h"

namespace affiant::consent {
namespace {

class Reader {
 public:
  Reader(const Markup& page, Collector* out) : page_(page), out_(out) {}

  void run() {
    for (const Element& element : page_.elements) read(element);
    end_cookie();
  }

 private:
  static bool is_heading(const Element& e) { return e.tag.size() == 2 && e.tag[0] == 'h'; }

  void read(const Element& e) {
    if (e.has_class("cmplz-service-header")) {
      end_cookie();
      service_ = nullptr;
      in_header_ = true;
      category_ = "unclassified";
      return;
    }
    if (in_header_ && is_heading(e)) {
      service_ = &e;
      in_header_ = false;
      // "Miscellaneous" gathers what is nobody's in particular; it is no party that is known.
      out_->party(page_.of(e), "", e.start, e.start + page_.of(e).size());
      return;
    }
    if (e.has_class("cookies-per-purpose")) {
      end_cookie();
      in_purpose_ = true;
      category_ = "unclassified";
      return;
    }
    if (!in_purpose_) return;
    if (e.has_class("purpose")) {
      category_ = category_in(page_.of(e));
    } else if (e.has_class("name")) {
      end_cookie();
      name_ = last_ = &e;
    } else if (e.has_class("retention")) {
      retention_ = last_ = &e;
    } else if (e.has_class("function")) {
      function_ = last_ = &e;
    }
  }

  void end_cookie() {
    if (name_ != nullptr) {
      policy::DeclaredCookie row;
      row.category = category_;
      if (service_ != nullptr) row.provider = page_.of(*service_);
      if (function_ != nullptr) row.purpose = page_.of(*function_);
      if (retention_ != nullptr) set_lifetime(&row, page_.of(*retention_));
      out_->cookie(page_.of(*name_), row, name_->start, last_->end);
    }
    name_ = retention_ = function_ = last_ = nullptr;
  }

  const Markup& page_;
  Collector* out_;
  const Element *service_ = nullptr, *name_ = nullptr, *retention_ = nullptr, *function_ = nullptr,
                *last_ = nullptr;
  std::string category_ = "unclassified";
  bool in_header_ = false, in_purpose_ = false;
};

// A service's name as a part of an address: "google-analytics".
std::string spoken(std::string slug) {
  std::replace(slug.begin(), slug.end(), '-', ' ');
  return slug;
}

Status read_cookie_data(const Input& input, Collector* out) {
  AFFIANT_TRY(const JsTree tree, read_json_tree(input));
  out->data(tree.root());
  bool list = tree.root().is(JsKind::kArray) && tree.root().empty();  // PHP's empty map.
  for (const JsValue& category : items_of(tree.root())) {
    const std::string called = category_in(category.key());
    if (called == "unclassified") continue;
    for (const JsValue& service : items_of(category)) {
      if (!service.is(JsKind::kArray)) continue;
      list = true;
      policy::DeclaredCookie row;
      row.category = called;
      if (service.key() != "general") row.provider = spoken(service.key());
      for (const JsValue& name : items_of(service)) {
        std::string pattern = name.string_or("");
        if (pattern.ends_with('_') || pattern.ends_with('-') || pattern.ends_with('.'))
          pattern += '*';
        out->cookie(pattern, row, name);
      }
    }
  }
  if (!list) return not_found(input, "its lists of cookies");
  out->leaves_out_necessary();
  return {};
}

}  // namespace

Status read_complianz(const Input& input, Collector* out) {
  if (input.shape == Shape::kJson) return read_cookie_data(input, out);
  if (input.shape != Shape::kHtml || input.text.find("cookies-per-purpose") == std::string::npos)
    return not_found(input, "its cookie policy document");
  const Markup page = read_markup(input.text);
  for (const std::string& words : page.unread) out->unread(words);
  out->data(page.text);
  Reader(page, out).run();
  return {};
}

}  // namespace affiant::consent
