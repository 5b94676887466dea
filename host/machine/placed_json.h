// JSON of which every value knows its place, so that what is read out of it can be quoted. Strict:
// what json::parse() refuses is refused. Internal to this layer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "machine/reading.h"

namespace affiant::machine {

class PlacedJson {
 public:
  using Node = std::size_t;  // Index of a value; the root is 0.
  static constexpr Node kNone = static_cast<Node>(-1);

  // `text` (UTF-8) must outlive the result. kMalformed with the offset; kTooLarge
  // (limits::kJsonNodes).
  static Result<PlacedJson> parse(std::string_view text, std::string_view what);

  bool is_object(Node node) const { return first_byte(node) == '{'; }
  bool is_array(Node node) const { return first_byte(node) == '['; }
  bool is_null(Node node) const { return first_byte(node) == 'n'; }

  // The member of an object, or kNone: also when `object` is no object.
  Node find(Node object, std::string_view key) const;
  // Members or elements, in order; none of a scalar.
  std::vector<Node> children(Node node) const;
  // The name of a member; empty for an element.
  const std::string& key(Node node) const { return nodes_[node].key; }

  // Nothing when `node` is kNone or of another type. 1.0 is no integer.
  std::optional<std::string> string(Node node) const;
  std::optional<bool> boolean(Node node) const;
  std::optional<std::int64_t> integer(Node node) const;

  Span span(Node node) const { return {nodes_[node].start, nodes_[node].end}; }
  // A member with its name: `"gpc": true`. Of an element, the element.
  Span member_span(Node node) const { return {nodes_[node].key_start, nodes_[node].end}; }

 private:
  struct Value {
    std::size_t key_start = 0, start = 0, end = 0;
    Node first_child = kNone, next = kNone;
    std::string key;
  };
  explicit PlacedJson(std::string_view text) : text_(text) {}
  char first_byte(Node node) const { return node == kNone ? '\0' : text_[nodes_[node].start]; }
  Status place(std::string_view what);

  std::string_view text_;
  std::vector<Value> nodes_;
};

}  // namespace affiant::machine
