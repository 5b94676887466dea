#include "knowledge/layers/documents.h"

#include <algorithm>

#include "knowledge/layer.h"

namespace affiant::knowledge {

JsonDocuments::JsonDocuments(std::string_view text) : text_(text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  skip_space();
  if (at_ < text_.size() && text_[at_] == '[') {
    in_array_ = true;
    ++at_;
  }
}

void JsonDocuments::skip_space() {
  at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
}

Result<std::optional<std::string_view>> JsonDocuments::next() {
  skip_space();
  if (in_array_) {
    if (at_ == text_.size())
      return fail(Code::kMalformed, "ends within the array, at byte {}", at_);
    if (text_[at_] == ']') {
      ++at_;
      in_array_ = false;
      skip_space();
      if (at_ < text_.size())
        return fail(Code::kMalformed, "goes on after the array, byte {}", at_);
      return std::optional<std::string_view>();
    }
    if (!first_) {
      if (text_[at_] != ',') return fail(Code::kMalformed, "expected a comma at byte {}", at_);
      ++at_;
      skip_space();
    }
  }
  if (at_ == text_.size() && !in_array_) return std::optional<std::string_view>();
  if (at_ == text_.size() || text_[at_] != '{')
    return fail(Code::kMalformed, "expected an object at byte {}", at_);
  first_ = false;
  begin_ = at_;
  std::size_t depth = 0;
  while (true) {
    at_ = text_.find_first_of("{}[]\"", at_);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      return fail(Code::kMalformed, "ends within the object of byte {}", begin_);
    }
    const char c = text_[at_++];
    if (c == '"') {
      for (;;) {
        at_ = text_.find_first_of("\"\\", at_);
        if (at_ == std::string_view::npos) {
          at_ = text_.size();
          return fail(Code::kMalformed, "ends within a string of the object of byte {}", begin_);
        }
        if (text_[at_++] == '"') break;
        ++at_;  // The character that is escaped.
      }
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (--depth == 0) {
      break;
    }
  }
  if (at_ - begin_ > kLayerDocumentBytes)
    return fail(Code::kTooLarge,
                "the object at byte {} has {} bytes, at most {} (kLayerDocumentBytes)", begin_,
                at_ - begin_, kLayerDocumentBytes);
  return std::optional<std::string_view>(text_.substr(begin_, at_ - begin_));
}

}  // namespace affiant::knowledge
