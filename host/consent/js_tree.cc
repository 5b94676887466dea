#include "consent/js_tree.h"

#include "base/limits.h"
#include "consent/js_scanner.h"

namespace affiant::consent {
namespace {

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

// Reads with a stack of its own: as deep as limits::kJsonDepth, and no call per level.
class JsReader {
 public:
  JsReader(std::string_view text, std::size_t at, std::string_view what, JsTree* out)
      : text_(text), at_(at), what_(what), nodes_(out->nodes_) {}

  Status run() {
    AFFIANT_CHECK(value(0, 0));
    while (!open_.empty()) AFFIANT_CHECK(step());
    return {};
  }

 private:
  struct Open {
    std::uint32_t node = 0, last = 0;
    bool had_item = false;  // A comma or the end has to follow.
  };

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void trivia() { at_ = skip_trivia(text_, at_); }

  tl::unexpected<Error> refuse(std::size_t at, std::string_view why) const {
    if (at >= text_.size())
      return fail(Code::kMalformed, "{}: ends at byte {} within a value", what_, text_.size());
    return fail(Code::kMalformed, "{}: byte {}: {}", what_, at, why);
  }

  bool in_object() const { return nodes_[open_.back().node].kind == JsKind::kObject; }

  Status step() {
    trivia();
    const char c = peek();
    if (c == (in_object() ? '}' : ']')) {
      const std::uint32_t node = open_.back().node;
      nodes_[node].end = static_cast<std::uint32_t>(++at_);
      open_.pop_back();
      return ended(node);
    }
    if (open_.back().had_item) {
      if (c != ',') return refuse(at_, "a comma or a closing bracket is missing");
      ++at_;
      open_.back().had_item = false;
      return {};
    }
    if (!in_object()) {
      if (c != ',') return value(0, 0);
      ++at_;  // A hole: [, 1].
      return {};
    }
    return member();
  }

  Status member() {
    if (peek() == '[' || text_.substr(at_).starts_with("...")) return skip();
    const std::size_t start = at_;
    if (peek() == '"' || peek() == '\'') {
      AFFIANT_CHECK(string());
    } else {
      while (is_word(peek())) ++at_;
      if (at_ == start) return refuse(at_, "the name of a member is missing");
    }
    const std::size_t end = at_;
    trivia();
    // A method, an accessor, or a short hand for a variable.
    if (peek() != ':') return skip();
    ++at_;
    return value(start, end);
  }

  Status add(JsKind kind, std::size_t start, std::size_t key_start, std::size_t key_end,
             std::uint32_t* index) {
    if (nodes_.size() >= limits::kJsNodes)
      return fail(Code::kTooLarge, "{}: more than {} values (limits::kJsNodes)", what_,
                  limits::kJsNodes);
    *index = static_cast<std::uint32_t>(nodes_.size());
    JsNode node;
    node.kind = kind;
    node.start = static_cast<std::uint32_t>(start);
    node.key_start = static_cast<std::uint32_t>(key_start);
    node.key_end = static_cast<std::uint32_t>(key_end);
    nodes_.push_back(node);
    if (open_.empty()) return {};
    Open& parent = open_.back();
    (parent.last == 0 ? nodes_[parent.node].first : nodes_[parent.last].next) = *index;
    parent.last = *index;
    return {};
  }

  Status value(std::size_t key_start, std::size_t key_end) {
    trivia();
    const std::size_t start = at_;
    const char c = peek();
    std::uint32_t node = 0;
    if (c == '{' || c == '[') {
      if (open_.size() >= limits::kJsonDepth)
        return fail(Code::kTooLarge,
                    "{}: byte {}: nested deeper than {} levels (limits::kJsonDepth)", what_, at_,
                    limits::kJsonDepth);
      AFFIANT_CHECK(
          add(c == '{' ? JsKind::kObject : JsKind::kArray, start, key_start, key_end, &node));
      open_.push_back({node, 0, false});
      ++at_;
      return {};
    }
    JsKind kind = JsKind::kOther;
    AFFIANT_CHECK(scalar(&kind));
    AFFIANT_CHECK(add(kind, start, key_start, key_end, &node));
    nodes_[node].end = static_cast<std::uint32_t>(at_);
    return ended(node);
  }

  Status scalar(JsKind* kind) {
    const char c = peek();
    if (c == '"' || c == '\'') {
      *kind = JsKind::kString;
      return string();
    }
    if (is_digit(c) ||
        ((c == '-' || c == '+' || c == '.') && (is_digit(peek(1)) || peek(1) == '.'))) {
      *kind = JsKind::kNumber;
      ++at_;
      while (is_word(peek()) || peek() == '.' ||
             ((peek() == '+' || peek() == '-') && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E')))
        ++at_;
      return {};
    }
    JsScanner scanner(text_, at_);
    const JsToken token = scanner.next();
    const std::string_view word = scanner.of(token);
    if (token.kind == JsToken::Kind::kEnd) return refuse(at_, "");
    if (token.kind == JsToken::Kind::kRegex) *kind = JsKind::kRegex;
    if (token.kind == JsToken::Kind::kTemplate && word.size() > 1 && word.back() == '`')
      *kind = JsKind::kString;
    if (word == "true") *kind = JsKind::kTrue;
    if (word == "false") *kind = JsKind::kFalse;
    if (word == "null" || word == "undefined") *kind = JsKind::kNull;
    // What minifiers make of true, false and undefined.
    const std::string_view rest = text_.substr(at_);
    for (const auto& [spelling, means] : {std::pair{std::string_view("!0"), JsKind::kTrue},
                                          std::pair{std::string_view("!1"), JsKind::kFalse},
                                          std::pair{std::string_view("void 0"), JsKind::kNull}}) {
      if (!rest.starts_with(spelling) || is_word(peek(spelling.size()))) continue;
      *kind = means;
      at_ += spelling.size();
      return {};
    }
    if (*kind != JsKind::kOther) {
      at_ = token.end;
      return {};
    }
    if (open_.empty()) return refuse(at_, "no literal");
    if (token.kind == JsToken::Kind::kSign &&
        std::string_view(",)]};:").find(word) != std::string_view::npos)
      return refuse(at_, "a value is missing");
    return skip_expression();
  }

  // The string at `at_`, whose escapes have to be well-formed: section 12.9.4.
  Status string() {
    const char quote = text_[at_++];
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\n') return refuse(at_, "a line ends within a string");
      if (text_[at_++] == '\\') AFFIANT_CHECK(escape());
    }
    if (at_ >= text_.size()) return refuse(at_, "");
    ++at_;
    return {};
  }

  Status escape() {
    const std::size_t at = at_;
    const char c = peek();
    ++at_;
    std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : 0;
    if (c == 'u' && peek() == '{') {
      ++at_;
      std::uint32_t value = 0;
      digits = 0;
      for (; is_hex(peek()) && digits < 7; ++digits) {
        const char d = text_[at_++];
        value =
            value * 16 + static_cast<std::uint32_t>(is_digit(d) ? d - '0' : (d | 0x20) - 'a' + 10);
      }
      if (digits == 0 || peek() != '}' || value > 0x10FFFF)
        return refuse(at, "an escape that means no character");
      ++at_;
      return {};
    }
    for (; digits > 0; --digits) {
      if (!is_hex(peek())) return refuse(at, "an escape that means no character");
      ++at_;
    }
    // Octal escapes are no part of the language proper.
    if (is_digit(c) && (c != '0' || is_digit(peek()))) return refuse(at, "an octal escape");
    return {};
  }

  // The value `node` has ended. What it is part of may go on: 'a' + b, [1].concat(c).
  Status ended(std::uint32_t node) {
    if (open_.empty()) return {};
    open_.back().had_item = true;
    trivia();
    if (peek() == ',' || peek() == (in_object() ? '}' : ']')) return {};
    if (at_ >= text_.size()) return refuse(at_, "");
    const char c = peek();
    // Only what can go on with a value: else a comma was forgotten.
    if (std::string_view("+-*/%.([?&|=<>^!").find(c) == std::string_view::npos)
      return refuse(at_, "a comma or a closing bracket is missing");
    AFFIANT_CHECK(skip_expression());
    nodes_[node].kind = JsKind::kOther;
    nodes_[node].end = static_cast<std::uint32_t>(at_);
    return {};
  }

  Status skip() {
    AFFIANT_CHECK(skip_expression());
    open_.back().had_item = true;
    return {};
  }

  // To the comma or closing bracket that ends this item.
  Status skip_expression() {
    JsScanner scanner(text_, at_);
    for (std::size_t depth = 0;;) {
      const JsToken token = scanner.next();
      if (token.kind == JsToken::Kind::kEnd) return refuse(text_.size(), "");
      if (token.kind != JsToken::Kind::kSign) continue;
      const char c = text_[token.start];
      const bool closes = c == ')' || c == ']' || c == '}';
      if (depth == 0 && (closes || c == ',')) {
        at_ = token.start;
        return {};
      }
      if (c == '(' || c == '[' || c == '{') ++depth;
      if (closes) --depth;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::string_view what_;
  std::vector<JsNode>& nodes_;
  std::vector<Open> open_;
};

Result<JsTree> JsTree::read(std::string_view text, std::size_t at, std::string_view what) {
  JsTree tree;
  tree.text_ = text;
  AFFIANT_CHECK(JsReader(text, at, what, &tree).run());
  return tree;
}

}  // namespace affiant::consent
