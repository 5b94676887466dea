// What the log entries of a finding show, so that a rendering can name it. Pure; results point into
// the Report and live as long as it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/report.h"

namespace affiant::report {

struct Shown {
  std::vector<const detect::CookieFact*> cookies;
  std::vector<const detect::RequestFact*> requests;
  std::vector<const detect::StorageFact*> storage;
  std::vector<const observe::PolicyCapture*> policies;
};

class CitedIndex {
 public:
  explicit CitedIndex(const Report& report);
  // What one entry shows; nothing of one that shows something else.
  const Shown& at(observe::Leaf entry) const;
  // A line for each thing that the finding's entries show, each once, safe for a terminal.
  std::vector<std::string> lines(const findings::Finding& finding) const;

 private:
  std::map<observe::Leaf, Shown> by_entry_;
};

// "privacy-policy https://shop.example/privacy": where a source's words stand.
std::string source_words(const policy::Declaration& declaration, int source);

// The words of the site that a finding rests on, in its order.
struct CitedWords {
  const policy::Statement* statement = nullptr;  // One of the two.
  const policy::DeclaredCookie* cookie = nullptr;
  int source = 0;
  std::size_t start = 0, end = 0;
  std::string_view quote;
};
std::vector<CitedWords> cited_words(const findings::Finding& finding,
                                    const policy::Declaration& declaration);

}  // namespace affiant::report
