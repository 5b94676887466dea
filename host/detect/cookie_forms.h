// The forms in which the values of a record's cookies may be sent on. Internal to this layer.
// Immutable once made.
#pragma once

#include <string>
#include <vector>

#include "detect/facts.h"
#include "detect/value_forms.h"

namespace affiant::detect {

class CookieForms {
 public:
  // Of the cookies whose value looks like an identifier; refers to `facts` no longer than this
  // call.
  CookieForms(const Facts& facts, const site::SiteTable& sites);

  bool empty() const { return forms_.empty(); }
  const std::string& site_of(std::size_t cookie) const { return sites_[cookie]; }
  // ValueForms::find; a value is an index into Facts::cookies.
  std::vector<ValueForms::Found> find(std::string_view text) const { return forms_.find(text); }

 private:
  ValueForms forms_;
  std::vector<std::string> sites_;  // By cookie.
};

}  // namespace affiant::detect
