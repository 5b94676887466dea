#include "recorder/fit_body.h"

#include <algorithm>
#include <vector>

#include "base/limits.h"

namespace affiant::recorder {
namespace {

// What a body needs beside its strings: keys, numbers, and the digests of its sensitive fields.
constexpr std::size_t kRoomForRest = 12U << 10U;
// More strings than any body that encode_body() accepts: not worth the work.
constexpr std::size_t kMostStrings = 64;
// RFC 9901 disclosures are base64 of JSON: four bytes for three, and salt and name.
constexpr std::size_t kSensitiveBytes = limits::kDisclosureBytes / 4 * 3 - 1024;

struct Part {
  std::string name;  // For "cut".
  json::Value* value = nullptr;
  std::size_t cap = 0;
  std::size_t encoded = 0;  // As RFC 8785 spells it: control characters take six bytes.
};

std::size_t encoded_size(const std::string& text) {
  std::string out;
  json::append_string(out, text);
  return out.size();
}

void add_part(std::vector<Part>& parts, std::string name, json::Value& value, std::size_t cap) {
  if (!value.is_string()) return;
  const std::size_t encoded = encoded_size(value.get_ref<const std::string&>());
  parts.push_back({std::move(name), &value, cap, encoded});
}

std::vector<Part> string_parts(const observe::Field& field, json::Value& value) {
  std::vector<Part> parts;
  const std::string name(field.name);
  if (value.is_structured() && value.size() > kMostStrings) return parts;
  if (value.is_string())
    add_part(parts, name, value, field.max_bytes == 0 ? limits::kFieldBytes : field.max_bytes);
  if (value.is_array())
    for (json::Value& item : value) add_part(parts, name, item, limits::kUrlBytes);
  if (value.is_object())
    for (auto it = value.begin(); it != value.end(); ++it)
      add_part(parts, name + "." + it.key(), it.value(), limits::kFieldBytes);
  return parts;
}

class Cutter {
 public:
  explicit Cutter(json::Value& body) : body_(&body) {}

  void cut(Part& part, std::size_t max_bytes) {
    auto& text = part.value->get_ref<std::string&>();
    std::size_t end = std::min(max_bytes, text.size());
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    part.encoded = encoded_size(text);
    if (std::find(names_.begin(), names_.end(), part.name) == names_.end())
      names_.push_back(part.name);
  }

  // Cuts every part to its cap, then halves the longest until all take at most `room`.
  void fit(std::vector<Part>& parts, std::size_t room) {
    std::size_t total = 0;
    for (Part& part : parts) {
      if (part.value->get_ref<const std::string&>().size() > part.cap) cut(part, part.cap);
      total += part.encoded;
    }
    while (total > room) {
      auto longest = std::max_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
        return a.encoded < b.encoded;
      });
      if (longest->value->get_ref<const std::string&>().empty()) return;
      total -= longest->encoded;
      cut(*longest, longest->value->get_ref<const std::string&>().size() / 2);
      total += longest->encoded;
    }
  }

  void name_cuts() {
    if (names_.empty()) return;
    json::Value& list = (*body_)["cut"];
    if (!list.is_array()) list = json::Value::array();
    for (const std::string& name : names_)
      if (std::find(list.begin(), list.end(), name) == list.end() &&
          list.size() < limits::kStackFrames)
        list.push_back(name);
  }

 private:
  json::Value* body_;
  std::vector<std::string> names_;
};

}  // namespace

void fit_body(const observe::Kind& kind, json::Value& body) {
  Cutter cutter(body);
  std::vector<Part> open;  // Of all fields that stand in the entry itself.
  for (const observe::Field& field : kind.fields) {
    const auto it = body.find(std::string(field.name));
    if (it == body.end() || field.name == "cut") continue;
    std::vector<Part> parts = string_parts(field, *it);
    if (field.sensitive)
      cutter.fit(parts, kSensitiveBytes);
    else
      std::move(parts.begin(), parts.end(), std::back_inserter(open));
  }
  cutter.fit(open, limits::kEntryBody - kRoomForRest);
  cutter.name_cuts();
}

}  // namespace affiant::recorder
