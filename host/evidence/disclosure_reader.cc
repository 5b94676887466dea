#include "evidence/disclosure_reader.h"

#include "base/limits.h"
#include "evidence/decimal.h"
#include "evidence/layout.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kChunk = 64U << 10U;
constexpr std::string_view kOpen = "{\"d\":\"";
constexpr std::string_view kOpenErased = "{\"e\":\"";  // As long as the other.
constexpr std::string_view kMiddle = "\",\"i\":";

void encode(std::string_view open, std::uint64_t index, std::string_view text, std::string& out) {
  out += open;
  out += text;
  out += kMiddle;
  out += fmt::format_int(index).c_str();
  out += "}\n";
}

}  // namespace

void encode_disclosure_line(std::uint64_t index, std::string_view text, std::string& out) {
  encode(kOpen, index, text, out);
}
void encode_erased_disclosure(std::uint64_t index, std::string_view digest, std::string& out) {
  encode(kOpenErased, index, digest, out);
}

Result<DisclosureReader> DisclosureReader::open(const std::filesystem::path& dir) {
  DisclosureReader out;
  auto reader = FileReader::open(dir / kDisclosureFile);
  if (reader)
    out.reader_ = std::move(*reader);
  else if (reader.error().code != Code::kNotFound)
    return tl::unexpected<Error>(reader.error());
  return out;
}

Result<bool> DisclosureReader::fill() {
  if (!reader_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t had = buffer_.size();
  buffer_.resize(had + kChunk);
  AFFIANT_TRY(const std::size_t n, reader_->read(buffer_.data() + had, kChunk));
  buffer_.resize(had + n);
  return n > 0;
}

Result<const DisclosureLine*> DisclosureReader::peek() {
  if (current_) return &*current_;
  std::size_t end = buffer_.find('\n', at_);
  while (end == std::string::npos) {
    if (buffer_.size() - at_ > limits::kDisclosureBytes)
      return fail(Code::kTooLarge, "byte {}: a line over kDisclosureBytes ({})", offset_,
                  limits::kDisclosureBytes);
    AFFIANT_TRY(const bool more, fill());
    if (!more) break;
    end = buffer_.find('\n', at_);
  }
  if (end == std::string::npos) {
    if (at_ == buffer_.size()) return nullptr;
    cut_ = true;
    return fail(Code::kMalformed, "byte {}: the last line is cut", offset_);
  }
  const std::string_view line = std::string_view(buffer_).substr(at_, end - at_);
  const std::size_t middle = line.rfind(kMiddle);
  const bool erased = line.starts_with(kOpenErased);
  if ((!erased && !line.starts_with(kOpen)) || middle == std::string_view::npos ||
      middle < kOpen.size() || !line.ends_with('}')) {
    // We write no NUL: a hole that a power cut left, in what was never synced.
    cut_ = line.find('\0') != std::string_view::npos;
    return fail(Code::kMalformed, "byte {}: not a disclosure line", offset_);
  }
  const std::size_t number = middle + kMiddle.size();
  const auto index = parse_decimal(line.substr(number, line.size() - 1 - number));
  if (!index || *index < last_index_)
    return fail(Code::kMalformed, "byte {}: not an entry index at or above the one before",
                offset_ + number);
  last_index_ = *index;
  current_ = DisclosureLine{offset_, *index,
                            std::string(line.substr(kOpen.size(), middle - kOpen.size())), erased};
  offset_ += line.size() + 1;
  at_ = end + 1;
  return &*current_;
}

}  // namespace affiant::evidence
