#include "evidence/entry.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/random.h"
#include "evidence/decimal.h"
#include "evidence/encode_entry.h"
#include "evidence/hash.h"
#include "json/json.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kNonceLength = 22;

bool is_base64url_128(std::string_view text) {
  if (text.size() != kNonceLength) return false;
  for (const char c : text.substr(0, kNonceLength - 1))
    if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
          c == '_'))
      return false;
  // 128 bits leave four bits of the last digit, which must be zero.
  constexpr std::string_view kLast = "AQgw";
  return kLast.find(text.back()) != std::string_view::npos;
}

// Reads the envelope from its end, where everything but the kind has a bounded length, so that the
// body need not be understood to be skipped.
class BackwardReader {
 public:
  explicit BackwardReader(std::string_view line) : line_(line), end_(line.size()) {}

  bool literal(std::string_view text) {
    if (!line_.substr(0, end_).ends_with(text)) return false;
    end_ -= text.size();
    return true;
  }
  bool number(std::uint64_t* value) {
    std::size_t begin = end_;
    while (begin > 0 && line_[begin - 1] >= '0' && line_[begin - 1] <= '9' && end_ - begin < 17)
      --begin;
    const auto parsed = parse_decimal(line_.substr(begin, end_ - begin));
    if (!parsed) return false;
    *value = *parsed;
    end_ = begin;
    return true;
  }
  // Everything back to, not including, the nearest quote.
  std::string_view quoted() {
    std::size_t begin = end_;
    while (begin > 0 && line_[begin - 1] != '"') --begin;
    const std::string_view text = line_.substr(begin, end_ - begin);
    end_ = begin;
    return text;
  }
  std::size_t position() const { return end_; }

 private:
  std::string_view line_;
  std::size_t end_;
};

}  // namespace

bool is_kind(std::string_view text) {
  if (text.empty() || text[0] < 'a' || text[0] > 'z' || text.size() > 64) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '.'; });
}

Result<Entry> parse_entry(std::string_view line) {
  if (line.size() > limits::kEntryBytes)
    return fail(Code::kTooLarge, "an entry of {} bytes is over kEntryBytes ({})", line.size(),
                limits::kEntryBytes);
  constexpr std::string_view kOpen = "{\"b\":";
  Entry out;
  EntryHead& head = out.head;
  BackwardReader reader(line);
  std::uint64_t mono = 0;
  std::uint64_t time = 0;
  const auto malformed = [&](std::string_view what) {
    return fail(Code::kMalformed, "byte {}: {}", reader.position(), what);
  };
  if (!reader.literal(",\"v\":1}")) return malformed("the line does not end with version 1");
  if (!reader.number(&time) || !reader.literal(",\"t\":")) return malformed("bad time t");
  if (!reader.number(&head.session) || !reader.literal(",\"s\":"))
    return malformed("bad session s");
  if (!reader.number(&head.seq) || !reader.literal(",\"q\":")) return malformed("bad sequence q");
  if (!reader.literal("\"")) return malformed("bad nonce n");
  head.nonce = reader.quoted();
  if (!is_base64url_128(head.nonce) || !reader.literal(",\"n\":\""))
    return malformed("bad nonce n");
  if (!reader.number(&mono) || !reader.literal(",\"m\":")) return malformed("bad clock m");
  if (!reader.literal("\"")) return malformed("bad kind k");
  head.kind = reader.quoted();
  if (!is_kind(head.kind) || !reader.literal(",\"k\":\"")) return malformed("bad kind k");
  if (!reader.number(&head.index) || !reader.literal(",\"i\":")) return malformed("bad index i");
  if (!line.starts_with(kOpen) || reader.position() < kOpen.size() + 2)
    return fail(Code::kMalformed, "byte 0: the line does not begin with a body");
  out.body = line.substr(kOpen.size(), reader.position() - kOpen.size());
  if (out.body.front() != '{' || out.body.back() != '}')
    return fail(Code::kMalformed, "byte {}: the body is no object", kOpen.size());
  head.mono_ns = static_cast<std::int64_t>(mono);
  head.time_ms = static_cast<std::int64_t>(time);
  return out;
}

void encode_entry(const Entry& entry, std::string& out) {
  const EntryHead& head = entry.head;
  const auto number = [&out](std::string_view before, std::uint64_t value) {
    const fmt::format_int digits(value);
    out.append(before).append(digits.data(), digits.size());
  };
  out.append(R"({"b":)").append(entry.body);
  number(R"(,"i":)", head.index);
  out.append(R"(,"k":")").append(head.kind);
  number(R"(","m":)", static_cast<std::uint64_t>(head.mono_ns));
  out.append(R"(,"n":")").append(head.nonce);
  number(R"(","q":)", head.seq);
  number(R"(,"s":)", head.session);
  number(R"(,"t":)", static_cast<std::uint64_t>(head.time_ms));
  out.append(R"(,"v":1})");
}

std::string disclosure_digest(std::string_view text) { return base64url_encode(sha256(text)); }

namespace {

// base64url of 128 random bits, which are asked of the kernel many at a time. A child that is
// forked and does not exec would have the same ones to come: the project has no such child.
std::string fresh_salt() {
  constexpr std::size_t kBytes = 16;
  thread_local std::array<std::uint8_t, 1'024> stock;
  thread_local std::size_t used = stock.size();
  if (used == stock.size()) {
    // Without randomness the digest would not hide the value: nothing may be written.
    if (!system_random().fill(stock)) std::abort();
    used = 0;
  }
  const auto salt = std::span(stock).subspan(used, kBytes);
  std::string text = base64url_encode(salt);
  std::fill(salt.begin(), salt.end(), std::uint8_t{0});  // Known to nobody who reads memory later.
  used += kBytes;
  return text;
}

}  // namespace

Disclosure make_disclosure(std::string_view name, std::string_view value_json) {
  std::string array;
  array.reserve(name.size() + value_json.size() + 40);
  array.append("[\"").append(fresh_salt()).append("\",");
  json::append_string(array, name);
  array += ',';
  array += value_json;
  array += ']';
  Disclosure out;
  out.text_ = base64url_encode(as_bytes(array));
  out.digest_ = disclosure_digest(out.text_);
  return out;
}

}  // namespace affiant::evidence
