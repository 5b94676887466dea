// What stands around tables and lists of cookies: whether cookies are the subject, and which
// category a heading or a label above gives them. Internal to this layer. Pure.
#pragma once

#include <string>
#include <vector>

#include "policy/document.h"

namespace affiant::policy {

struct Surroundings {
  std::string category;  // Empty when nothing above names one.
  bool about_cookies = false;
  bool said_before = false;  // Somewhere since the last heading, however far above.
};

// Fed with the blocks of a document one after another.
class CookieContext {
 public:
  explicit CookieContext(const Document& document);

  void pass(const Block& block);
  Surroundings here() const;

 private:
  struct Heading {
    int level = 0;
    std::string category;
    bool cookie = false;
  };

  const Document& document_;
  std::vector<Heading> headings_;         // Those that the current place lies under.
  std::string label_;                     // Category of the nearest label since the heading.
  int label_left_ = 0, cookie_left_ = 0;  // For how many blocks a label and a mention still count.
  bool title_ = false, said_ = false;
};

}  // namespace affiant::policy
