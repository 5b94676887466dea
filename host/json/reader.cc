#include <algorithm>

#include "json/json.h"

namespace affiant::json {

Result<Reader> Reader::open(const Value& value, std::string what) {
  if (!value.is_object())
    return fail(Code::kMalformed, "{}: expected an object, found {}", what, value.type_name());
  return Reader(value, std::move(what));
}

const Value* Reader::any(std::string_view key) {
  if (taken_.empty()) taken_.reserve(8);
  taken_.emplace_back(key);
  const auto it = object_->find(std::string(key));
  return it == object_->end() ? nullptr : &*it;
}

bool Reader::has(std::string_view key) const { return object_->contains(std::string(key)); }

Result<const Value*> Reader::require(std::string_view key) {
  const Value* v = any(key);
  if (v == nullptr) return fail(Code::kMalformed, "{}: field \"{}\" is missing", what_, key);
  return v;
}

Result<std::string> Reader::string(std::string_view key, std::size_t max_bytes) {
  AFFIANT_TRY(const Value* v, require(key));
  if (!v->is_string())
    return fail(Code::kMalformed, "{}.{}: expected a string, found {}", what_, key, v->type_name());
  const auto& text = v->get_ref<const std::string&>();
  if (text.size() > max_bytes)
    return fail(Code::kTooLarge, "{}.{}: {} bytes, at most {} allowed", what_, key, text.size(),
                max_bytes);
  return text;
}

Result<std::optional<std::string>> Reader::optional_string(std::string_view key,
                                                           std::size_t max_bytes) {
  const Value* v = any(key);
  if (v == nullptr || v->is_null()) return std::optional<std::string>{};
  AFFIANT_TRY(std::string text, string(key, max_bytes));
  return std::optional<std::string>(std::move(text));
}

Result<std::int64_t> Reader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
  AFFIANT_TRY(const Value* v, require(key));
  if (!v->is_number_integer())
    return fail(Code::kMalformed, "{}.{}: expected an integer, found {}", what_, key,
                v->is_number() ? "a fraction" : v->type_name());
  const bool huge = v->is_number_unsigned() &&
                    v->get<std::uint64_t>() > static_cast<std::uint64_t>(limits::kMaxSafeInteger);
  const std::int64_t n = huge ? 0 : v->get<std::int64_t>();
  if (huge || n < min || n > max)
    return fail(Code::kMalformed, "{}.{}: {} is not between {} and {}", what_, key, v->dump(), min,
                max);
  return n;
}

Result<std::optional<std::int64_t>> Reader::optional_integer(std::string_view key, std::int64_t min,
                                                             std::int64_t max) {
  const Value* v = any(key);
  if (v == nullptr || v->is_null()) return std::optional<std::int64_t>{};
  AFFIANT_TRY(const std::int64_t n, integer(key, min, max));
  return std::optional<std::int64_t>(n);
}

Result<bool> Reader::boolean(std::string_view key) {
  AFFIANT_TRY(const Value* v, require(key));
  if (!v->is_boolean())
    return fail(Code::kMalformed, "{}.{}: expected true or false, found {}", what_, key,
                v->type_name());
  return v->get<bool>();
}

Result<bool> Reader::optional_boolean(std::string_view key, bool fallback) {
  const Value* v = any(key);
  if (v == nullptr || v->is_null()) return fallback;
  return boolean(key);
}

Result<const Value*> Reader::object(std::string_view key) {
  AFFIANT_TRY(const Value* v, require(key));
  if (!v->is_object())
    return fail(Code::kMalformed, "{}.{}: expected an object, found {}", what_, key,
                v->type_name());
  return v;
}

Result<const Value*> Reader::array(std::string_view key, std::size_t max_items) {
  AFFIANT_TRY(const Value* v, require(key));
  if (!v->is_array())
    return fail(Code::kMalformed, "{}.{}: expected an array, found {}", what_, key, v->type_name());
  if (v->size() > max_items)
    return fail(Code::kTooLarge, "{}.{}: {} items, at most {} allowed", what_, key, v->size(),
                max_items);
  return v;
}

Status Reader::finish() const {
  for (const auto& item : object_->items())
    if (std::find(taken_.begin(), taken_.end(), item.key()) == taken_.end())
      return fail(Code::kMalformed, "{}: unknown field \"{}\"", what_, item.key().substr(0, 60));
  return {};
}

}  // namespace affiant::json
