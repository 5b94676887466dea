#include "knowledge/layers/host_text.h"

#include <cstdint>
#include <limits>

#include "knowledge/tables.h"
#include "site/site.h"

namespace affiant::knowledge {
namespace {

constexpr std::size_t kHostBytes = 253, kLabelBytes = 63;  // RFC 1035 section 2.3.4.

// RFC 3492 section 6.2, for its verdict only. `text` is what stands after "xn--", in lower case.
bool decodes(std::string_view text) {
  constexpr std::uint32_t kBase = 36, kTMin = 1, kTMax = 26, kSkew = 38, kDamp = 700;
  constexpr std::uint32_t kMax = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t n = 128, i = 0, bias = 72;
  const std::size_t delimiter = text.rfind('-');
  std::uint32_t length = delimiter == std::string_view::npos ? 0 : std::uint32_t(delimiter);
  std::size_t at = delimiter == std::string_view::npos ? 0 : delimiter + 1;
  if (at == text.size()) return false;
  while (at < text.size()) {
    const std::uint32_t old = i;
    std::uint32_t weight = 1;
    for (std::uint32_t k = kBase;; k += kBase) {
      if (at == text.size()) return false;
      const char c = text[at++];
      const bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
      if (!letter && !digit) return false;
      const std::uint32_t value = std::uint32_t(letter ? c - 'a' : c - '0' + 26);
      if (value > (kMax - i) / weight) return false;
      i += value * weight;
      const std::uint32_t t = k <= bias ? kTMin : k >= bias + kTMax ? kTMax : k - bias;
      if (value < t) break;
      if (weight > kMax / (kBase - t)) return false;
      weight *= kBase - t;
    }
    ++length;
    std::uint32_t delta = old == 0 ? i / kDamp : (i - old) / 2;
    delta += delta / length;
    std::uint32_t k = 0;
    for (; delta > ((kBase - kTMin) * kTMax) / 2; k += kBase) delta /= kBase - kTMin;
    bias = k + (kBase - kTMin + 1) * delta / (delta + kSkew);
    if (i / length > kMax - n) return false;
    n += i / length;
    if (n > 0x10FFFF || (n >= 0xD800 && n <= 0xDFFF)) return false;
    i = i % length + 1;
  }
  return true;
}

Status check_label(std::string_view label) {
  if (label.empty()) return fail(Code::kMalformed, "an empty label");
  if (label.size() > kLabelBytes) return fail(Code::kMalformed, "a label above 63 bytes");
  for (const char c : label) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') continue;
    return static_cast<unsigned char>(c) >= 0x80 ? fail(Code::kMalformed, "not in ASCII")
                                                 : fail(Code::kMalformed, "no host name");
  }
  if (label.starts_with("xn--") && !decodes(label.substr(4)))
    return fail(Code::kMalformed, "xn-- that does not decode");
  return {};
}

}  // namespace

Result<std::string> host_of_list(std::string_view text) {
  if (text.size() > kHostBytes + 2) return fail(Code::kMalformed, "above 253 bytes");
  if (text.starts_with('.')) text.remove_prefix(1);
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty()) return fail(Code::kMalformed, "empty");
  // "[2001:db8::1]" has more than one.
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos)
    return fail(Code::kMalformed, "a port");
  if (site::is_ip_literal(text)) return fail(Code::kMalformed, "an address");
  std::string host = lower(text);
  std::string_view rest = host, label;
  std::size_t labels = 0;
  for (;; ++labels) {
    const std::size_t dot = rest.find('.');
    label = rest.substr(0, dot);
    AFFIANT_CHECK(check_label(label));
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (labels == 0) return fail(Code::kMalformed, "a label alone");
  if (label.find_first_not_of("0123456789") == std::string_view::npos)
    return fail(Code::kMalformed, "an address");
  return host;
}

}  // namespace affiant::knowledge
