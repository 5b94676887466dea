// Literals of JavaScript (and so of JSON) as a tree over the text they stand in: every value knows
// its place, which is what a quotation needs. Nothing is evaluated. A member or item that is no
// literal (a function, a call, a sum) is kept as kOther, with its span and nothing else; a literal
// that breaks the grammar is refused with its byte. Internal to this layer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::consent {

enum class JsKind : std::uint8_t {
  kNull,  // Also undefined.
  kTrue,
  kFalse,
  kNumber,
  kString,  // In quotes, or a template without "${".
  kRegex,
  kArray,
  kObject,
  kOther
};

struct JsNode {
  std::uint32_t start = 0, end = 0;          // In the text; of a string with its quotes.
  std::uint32_t key_start = 0, key_end = 0;  // Likewise; empty for an item.
  std::uint32_t first = 0, next = 0;  // Indices; 0 is none, since the root is nobody's child.
  JsKind kind = JsKind::kOther;
};

class JsValue;

// Lifetime: keeps a view of the text it was read from.
class JsTree {
 public:
  // The value that begins at `at`, after white space and comments; what follows it is not looked
  // at. kMalformed with the byte, kTooLarge beyond the caps above. `what` opens the message.
  static Result<JsTree> read(std::string_view text, std::size_t at, std::string_view what);

  JsValue root() const;

 private:
  friend class JsValue;
  friend class JsReader;
  std::string_view text_;
  std::vector<JsNode> nodes_;
};

// One value of a tree, or none: looking further into none gives none. Lifetime: that of the tree.
class JsValue {
 public:
  JsValue() = default;

  explicit operator bool() const { return tree_ != nullptr; }
  bool is(JsKind kind) const { return tree_ != nullptr && node().kind == kind; }
  std::size_t start() const { return tree_ == nullptr ? 0 : node().start; }
  std::size_t end() const { return tree_ == nullptr ? 0 : node().end; }
  std::string_view raw() const;

  std::optional<std::string> string() const;  // Decoded; only of a string.
  std::string string_or(std::string_view none) const;
  std::optional<double> number() const;  // Of a number, or of a string that is one.
  bool yes() const { return is(JsKind::kTrue); }

  // Of several members of one name the last, as ECMA-262 section 13.2.5.5 has it.
  JsValue operator[](std::string_view key) const;
  std::string key() const;
  bool empty() const { return !first(); }
  JsValue first() const;
  JsValue next() const;

 private:
  friend class JsTree;
  JsValue(const JsTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
  const JsNode& node() const { return tree_->nodes_[index_]; }
  JsValue at(std::uint32_t index) const { return index == 0 ? JsValue() : JsValue(tree_, index); }

  const JsTree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

// `inside` is what stands between the quotes of a well-formed string. Lone surrogates become
// U+FFFD.
std::string decode_js_string(std::string_view inside);

// The items or members of a value, in order: for (JsValue v : items_of(value)).
std::vector<JsValue> items_of(const JsValue& value);

}  // namespace affiant::consent
