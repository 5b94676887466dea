#include "filters/preprocessor.h"

#include <algorithm>
#include <array>

#include "filters/ascii.h"

namespace affiant::filters {
namespace {

constexpr std::array<std::string_view, 5> kTrue = {"true", "ext_ublock", "env_chromium",
                                                   "cap_user_stylesheet", "adguard_ext_chromium"};
constexpr std::size_t kConditionBytes = 1'000;

enum class Sign : char { kNot, kAnd, kOr, kOpen };

bool is_word(char c) { return is_alnum(c) || c == '_'; }

// Values and signs of a condition read so far: two stacks, no recursion.
class Stack {
 public:
  void push(Sign sign) { signs_.push_back(sign); }
  bool value(bool v) {
    values_.push_back(v);
    while (!signs_.empty() && signs_.back() == Sign::kNot)
      if (!apply()) return false;
    return true;
  }
  // && binds closer than ||.
  bool binary(Sign sign) {
    while (!signs_.empty() &&
           (signs_.back() == Sign::kAnd || (signs_.back() == Sign::kOr && sign == Sign::kOr)))
      if (!apply()) return false;
    push(sign);
    return true;
  }
  bool close() {
    while (!signs_.empty() && signs_.back() != Sign::kOpen)
      if (!apply()) return false;
    if (signs_.empty() || values_.empty()) return false;
    signs_.pop_back();
    const bool v = values_.back();
    values_.pop_back();
    return value(v);
  }
  bool result() {
    while (!signs_.empty())
      if (!apply()) return false;
    return values_.size() == 1 && values_.back();
  }

 private:
  bool apply() {
    const Sign sign = signs_.back();
    signs_.pop_back();
    const std::size_t needs = sign == Sign::kNot ? 1 : 2;
    if (sign == Sign::kOpen || values_.size() < needs) return false;
    const bool right = values_.back();
    if (sign == Sign::kNot) {
      values_.back() = !right;
      return true;
    }
    values_.pop_back();
    values_.back() = sign == Sign::kAnd ? values_.back() && right : values_.back() || right;
    return true;
  }
  std::vector<bool> values_;
  std::vector<Sign> signs_;
};

}  // namespace

bool holds(std::string_view condition) {
  if (condition.size() > kConditionBytes) return false;
  Stack stack;
  bool want_value = true;
  for (std::size_t i = 0; i < condition.size();) {
    const char c = condition[i];
    if (is_space(c)) {
      ++i;
    } else if (is_word(c) && want_value) {
      std::size_t end = i;
      while (end < condition.size() && is_word(condition[end])) ++end;
      const std::string_view name = condition.substr(i, end - i);
      if (!stack.value(std::find(kTrue.begin(), kTrue.end(), name) != kTrue.end())) return false;
      want_value = false;
      i = end;
    } else if ((c == '!' || c == '(') && want_value) {
      stack.push(c == '!' ? Sign::kNot : Sign::kOpen);
      ++i;
    } else if (c == ')' && !want_value) {
      if (!stack.close()) return false;
      ++i;
    } else if ((condition.substr(i, 2) == "&&" || condition.substr(i, 2) == "||") && !want_value) {
      if (!stack.binary(c == '&' ? Sign::kAnd : Sign::kOr)) return false;
      want_value = true;
      i += 2;
    } else {
      return false;
    }
  }
  return !want_value && stack.result();
}

bool Preprocessor::directive(std::string_view line) {
  line.remove_prefix(2);
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  if (word == "if") {
    if (blocks_.size() == kDepth) {
      ++beyond_;
      ++off_;
      return true;
    }
    blocks_.push_back({holds(line.substr(2)), false});
    if (!blocks_.back().on) ++off_;
    return true;
  }
  if (word == "endif") {
    if (beyond_ > 0) {
      --beyond_;
      --off_;
    } else if (!blocks_.empty()) {
      if (!blocks_.back().on) --off_;
      blocks_.pop_back();
    }
    return true;
  }
  if (word != "else") return false;
  if (beyond_ > 0 || blocks_.empty() || blocks_.back().seen_else) return true;
  Block& block = blocks_.back();
  block.on ? ++off_ : --off_;
  block = {!block.on, true};
  return true;
}

}  // namespace affiant::filters
