// Gathers what a manager's data declares, each thing with its exact words. Internal to this layer.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "consent/js_tree.h"
#include "policy/declaration.h"

namespace affiant::consent {

class Collector {
 public:
  // Appends to the declaration's text a stretch of data that what follows is quoted from.
  void data(std::string_view piece);
  // The same for a value of a tree: spans of its parts are mapped into the piece.
  void data(const JsValue& value);

  // One row a name in `names` ("a, b" is two); masks become '*'. [start, end) is a span of the
  // latest data, or `of` a value of it.
  void cookie(std::string_view names, const policy::DeclaredCookie& row, std::size_t start,
              std::size_t end);
  void cookie(std::string_view names, const policy::DeclaredCookie& row, const JsValue& of);
  // A row whose pattern is made already.
  void pattern(std::string pattern, const policy::DeclaredCookie& row, std::size_t start,
               std::size_t end);
  void pattern(std::string pattern, const policy::DeclaredCookie& row, const JsValue& of);

  // The site names a third party. Each name counts once; none that is empty.
  void party(std::string_view name, std::string_view category, std::size_t start, std::size_t end);
  void party(const JsValue& name, std::string_view category);

  void unread(std::string words);
  // The list holds no necessary cookies, by its making.
  void leaves_out_necessary();
  bool all_read() const { return out_.unread.empty(); }
  bool empty() const { return out_.cookies.empty() && out_.statements.empty(); }

  policy::Declaration take(const policy::Source& source, std::string_view manager);

 private:
  bool is_full();
  void add(std::string pattern, policy::DeclaredCookie row, std::size_t start, std::size_t end);

  policy::Declaration out_;
  std::string text_;
  std::size_t base_ = 0;    // Where the latest piece begins in the text.
  std::size_t origin_ = 0;  // Where it begins in the text of its tree.
  std::set<std::string> parties_;
  std::size_t nameless_ = 0;
  bool leaves_out_ = false;
};

// The names in a field, with masks as '*'.
std::vector<std::string> patterns_in(std::string_view field);
// Words to the fields of a row. Lifetimes in words go through policy::lifetime_of().
void set_lifetime(policy::DeclaredCookie* row, std::string_view words);
// A figure and the seconds its unit has; none when there is none, or below zero. Zero says what
// `zero` says.
enum class Zero { kSession, kUnknown };
void set_lifetime(policy::DeclaredCookie* row, std::optional<double> figure, double unit_s,
                  Zero zero);
// necessary, functional, ...; "unclassified" when the words say none.
std::string category_in(std::string_view words);
// Of several purposes the one that is least about the visitor's own wishes: a service for
// statistics and advertising is not excused by the first. Empty when none is known.
std::string broadest_category(const std::vector<std::string>& words);
// cookie, localStorage, ...; also what managers call them in one word ("HTML", "web_storage").
std::string storage_in(std::string_view words);
// Without tags, with the common entities decoded and white space made single.
std::string plain_words(std::string_view html);

}  // namespace affiant::consent
