#include "machine/placed_json.h"

#include <charconv>

#include "base/bytes.h"
#include "base/limits.h"
#include "json/json.h"

namespace affiant::machine {
namespace {

// The text is known to be JSON: a string ends at the next quotation mark that is not escaped.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

std::string decoded(std::string_view spelled) {
  if (spelled.find('\\') == std::string_view::npos)
    return std::string(spelled.substr(1, spelled.size() - 2));
  const auto value = json::parse(spelled, "", json::Surrogates::kReplace);
  return value && value->is_string() ? value->get<std::string>() : std::string();
}

}  // namespace

Result<PlacedJson> PlacedJson::parse(std::string_view text, std::string_view what) {
  const auto checked = json::parse(text, what, json::Surrogates::kReplace);
  if (!checked) return tl::unexpected(checked.error());
  PlacedJson placed(text);
  AFFIANT_CHECK(placed.place(what));
  return placed;
}

Status PlacedJson::place(std::string_view what) {
  struct Open {
    Node node = kNone, last = kNone;
  };
  std::vector<Open> open;
  std::size_t key_start = 0;
  std::string key;
  bool has_key = false;
  const auto add = [&](std::size_t start, std::size_t end) {
    const Node node = nodes_.size();
    nodes_.push_back({has_key ? key_start : start, start, end, kNone, kNone, std::move(key)});
    key.clear();
    has_key = false;
    if (open.empty()) return node;
    Open& parent = open.back();
    (parent.last == kNone ? nodes_[parent.node].first_child : nodes_[parent.last].next) = node;
    parent.last = node;
    return node;
  };
  for (std::size_t at = 0; at < text_.size();) {
    if (nodes_.size() >= limits::kJsonNodes)
      return fail(Code::kTooLarge, "{}: more than {} values (limits::kJsonNodes)", printable(what),
                  limits::kJsonNodes);
    const char c = text_[at];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == ':') {
      ++at;
    } else if (c == '{' || c == '[') {
      open.push_back({add(at, at + 1), kNone});
      ++at;
    } else if (c == '}' || c == ']') {
      nodes_[open.back().node].end = ++at;
      open.pop_back();
    } else if (c == '"') {
      const std::size_t end = end_of_string(text_, at);
      const bool names = !open.empty() && text_[nodes_[open.back().node].start] == '{' && !has_key;
      if (names) {
        key_start = at;
        key = decoded(text_.substr(at, end - at));
        has_key = true;
      } else {
        add(at, end);
      }
      at = end;
    } else {
      const std::size_t end = text_.find_first_of(" \t\r\n,]}", at);
      add(at, end == std::string_view::npos ? text_.size() : end);
      at = nodes_.back().end;
    }
  }
  return {};
}

PlacedJson::Node PlacedJson::find(Node object, std::string_view key) const {
  if (object == kNone || !is_object(object)) return kNone;
  for (Node node = nodes_[object].first_child; node != kNone; node = nodes_[node].next)
    if (nodes_[node].key == key) return node;
  return kNone;
}

std::vector<PlacedJson::Node> PlacedJson::children(Node node) const {
  std::vector<Node> out;
  if (node == kNone) return out;
  for (Node child = nodes_[node].first_child; child != kNone; child = nodes_[child].next)
    out.push_back(child);
  return out;
}

std::optional<std::string> PlacedJson::string(Node node) const {
  if (first_byte(node) != '"') return std::nullopt;
  return decoded(text_.substr(nodes_[node].start, nodes_[node].end - nodes_[node].start));
}

std::optional<bool> PlacedJson::boolean(Node node) const {
  const char c = first_byte(node);
  if (c != 't' && c != 'f') return std::nullopt;
  return c == 't';
}

std::optional<std::int64_t> PlacedJson::integer(Node node) const {
  const char c = first_byte(node);
  if (c != '-' && (c < '0' || c > '9')) return std::nullopt;
  const std::string_view spelled =
      text_.substr(nodes_[node].start, nodes_[node].end - nodes_[node].start);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(spelled.data(), spelled.data() + spelled.size(), value);
  if (error != std::errc() || end != spelled.data() + spelled.size()) return std::nullopt;
  return value;
}

}  // namespace affiant::machine
