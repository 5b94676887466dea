// quick_parse() for what is in order, and for the rest nlohmann's SAX interface with a depth guard:
// its DOM parser happily nests 100,000 arrays and then overflows the stack when the result is
// copied, dumped or destroyed.
#include <algorithm>

#include "base/bytes.h"
#include "json/json.h"
#include "json/quick_parse.h"

namespace affiant::json {
namespace {

class Builder {
 public:
  using number_integer_t = Value::number_integer_t;
  using number_unsigned_t = Value::number_unsigned_t;
  using number_float_t = Value::number_float_t;
  using string_t = Value::string_t;
  using binary_t = Value::binary_t;

  explicit Builder(std::string_view what) : what_(what) {}

  bool null() { return add(nullptr); }
  bool boolean(bool v) { return add(v); }
  bool number_integer(number_integer_t v) { return add(v); }
  bool number_unsigned(number_unsigned_t v) { return add(v); }
  bool number_float(number_float_t v, const string_t&) { return add(v); }
  bool string(string_t& v) { return add(std::move(v)); }
  bool binary(binary_t&) { return refuse("binary value"); }
  bool start_object(std::size_t) { return push(Value::object()); }
  bool start_array(std::size_t) { return push(Value::array()); }
  bool end_object() { return pop(); }
  bool end_array() { return pop(); }
  bool key(string_t& k) {
    if (open_.back()->contains(k))
      return refuse(fmt::format("duplicate key \"{}\"", printable(k, 60)));
    key_ = std::move(k);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
    // nlohmann's text ends in what it expected; its own prefix and position wording are dropped for
    // ours.
    std::string text = e.what();
    if (const auto at = text.rfind("- "); at != std::string::npos) text = text.substr(at + 2);
    error_ = Error{Code::kMalformed,
                   fmt::format("{}: not JSON at byte {}: {}", what_, position, printable(text))};
    return false;
  }

  Value take() { return std::move(root_); }
  const Error& error() const { return error_; }

 private:
  bool refuse(std::string why) {
    error_ = Error{Code::kMalformed, fmt::format("{}: {}", what_, why)};
    return false;
  }
  Value* place(Value&& v) {
    if (open_.empty()) {
      root_ = std::move(v);
      return &root_;
    }
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(v));
      return &open_.back()->back();
    }
    return &((*open_.back())[key_] = std::move(v));
  }
  bool add(Value v) {
    place(std::move(v));
    return true;
  }
  bool push(Value v) {
    if (open_.size() >= limits::kJsonDepth) {
      error_ = Error{Code::kTooLarge,
                     fmt::format("{}: nested deeper than {} levels", what_, limits::kJsonDepth)};
      return false;
    }
    open_.push_back(
        place(std::move(v)));  // Stable: a parent is never touched while a child is open.
    return true;
  }
  bool pop() {
    open_.pop_back();
    return true;
  }

  std::string what_;
  std::string key_;
  Value root_;
  std::vector<Value*> open_;
  Error error_;
};

bool is_hex4(std::string_view text, std::size_t at) {
  return at + 4 <= text.size() &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                     text.begin() + static_cast<std::ptrdiff_t>(at) + 4,
                     [](unsigned char c) { return std::isxdigit(c) != 0; });
}

// Rewrites \uD800 to \uDFFF escapes that have no partner as �, so that the parser accepts them.
std::string replace_lone_surrogates(std::string_view text) {
  std::string out(text);
  const auto unit = [&](std::size_t at) -> int {  // The code unit of the escape at `at`, or -1.
    if (at + 1 >= out.size() || out[at] != '\\' || out[at + 1] != 'u' || !is_hex4(out, at + 2))
      return -1;
    return static_cast<int>(std::stoul(out.substr(at + 2, 4), nullptr, 16));
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] != '\\') continue;
    const int u = unit(i);
    if (u < 0) {
      ++i;  // Any other escape: skip the character it escapes.
      continue;
    }
    const bool high = u >= 0xD800 && u <= 0xDBFF;
    const bool low = u >= 0xDC00 && u <= 0xDFFF;
    const int next = high ? unit(i + 6) : -1;
    if (high && next >= 0xDC00 && next <= 0xDFFF) {
      i += 11;
    } else {
      if (high || low) out.replace(i + 2, 4, "fffd");
      i += 5;
    }
  }
  return out;
}

}  // namespace

Result<Value> parse(std::string_view text, std::string_view what, Surrogates surrogates) {
  if (const std::size_t bad = find_invalid_utf8(text); bad != std::string_view::npos)
    return fail(Code::kMalformed, "{}: not UTF-8 at byte {}", what, bad);
  if (auto value = quick_parse(text)) return std::move(*value);
  std::string fixed;
  if (surrogates == Surrogates::kReplace && text.find("\\u") != std::string_view::npos) {
    fixed = replace_lone_surrogates(text);
    text = fixed;
  }
  Builder builder(what);
  if (!Value::sax_parse(text, &builder)) return tl::unexpected<Error>(builder.error());
  return builder.take();
}

}  // namespace affiant::json
