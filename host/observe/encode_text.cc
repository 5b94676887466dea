// encode_body() for a body that came as text in canonical values: what is written is what came, in
// another order. Says nothing about what it does not take: encode_body() does.
#include <algorithm>
#include <array>

#include "base/limits.h"
#include "json/walker.h"
#include "observe/body_parts.h"

namespace affiant::observe {
namespace {

constexpr std::size_t kFields = 64;

// For each kind, its fields by name: the order of RFC 8785, the names being plain ASCII.
const std::vector<std::uint8_t>& by_name(std::size_t kind) {
  static const auto orders = [] {
    std::vector<std::vector<std::uint8_t>> out;
    for (const Kind& k : kinds()) {
      std::vector<std::uint8_t>& order = out.emplace_back(k.fields.size());
      for (std::size_t n = 0; n < order.size(); ++n) order[n] = static_cast<std::uint8_t>(n);
      std::sort(order.begin(), order.end(), [&k](std::uint8_t a, std::uint8_t b) {
        return k.fields[a].name < k.fields[b].name;
      });
    }
    return out;
  }();
  return orders[kind];
}

class TextEncoder : private json::Walker {
 public:
  TextEncoder(const Kind& kind, std::string_view text) : Walker(text), kind_(kind) {}

  // Finds the members and checks each against the table.
  bool read() {
    if (kind_.fields.size() > kFields || !take('{')) return false;
    if (!take('}')) {
      do {
        if (!member()) return false;
      } while (take(','));
      if (!take('}')) return false;
    }
    for (std::size_t n = 0; n < kind_.fields.size(); ++n)
      if (values_[n].empty() && !kind_.fields[n].nullable) return false;
    return at_end();
  }

  std::optional<EncodedBody> write(const std::vector<std::uint8_t>& order) const {
    EncodedBody out;
    for (std::size_t n = 0; n < kind_.fields.size(); ++n) {
      if (values_[n].empty() || !kind_.fields[n].sensitive) continue;
      out.disclosures.push_back(evidence::make_disclosure(kind_.fields[n].name, values_[n]));
      if (out.disclosures.back().text().size() > limits::kDisclosureBytes) return std::nullopt;
    }
    out.bytes.reserve(text_.size() + 64 * out.disclosures.size());
    out.bytes += '{';
    append_digest_list(out.disclosures, out.bytes);
    for (const std::uint8_t n : order) {
      if (values_[n].empty() || kind_.fields[n].sensitive) continue;
      if (out.bytes.size() > 1) out.bytes += ',';
      out.bytes += '"';
      out.bytes += kind_.fields[n].name;
      out.bytes += "\":";
      out.bytes += values_[n];
    }
    out.bytes += '}';
    if (out.bytes.size() > limits::kEntryBody) return std::nullopt;
    return out;
  }

 private:
  bool member() {
    std::string_view key;
    if (!plain_string(&key) || !take(':')) return false;
    const std::size_t n = find(key);
    if (n == kind_.fields.size() || (seen_ >> n & 1U) != 0) return false;
    seen_ |= std::uint64_t{1} << n;
    if (take("null")) return true;  // Not stored; read() sees whether it may be missing.
    const std::size_t begin = at();
    if (!value(kind_.fields[n])) return false;
    values_[n] = since(begin);
    return true;
  }

  // The extension names fields mostly in the order of the table.
  std::size_t find(std::string_view key) {
    const std::size_t count = kind_.fields.size();
    for (std::size_t tried = 0; tried < count; ++tried) {
      const std::size_t n = next_;
      next_ = next_ + 1 == count ? 0 : next_ + 1;
      const std::string_view name = kind_.fields[n].name;
      if (name.size() == key.size() && name[0] == key[0] && name == key) return n;
    }
    return count;
  }

  // A string of at most so many bytes. Never shorter as it stands here than what it says.
  bool text(std::size_t max_bytes) {
    const std::size_t begin = at();
    bool escaped = false;
    return string(&escaped) && at() - begin - 2 <= max_bytes;
  }

  bool value(const Field& field) {
    std::int64_t number = 0;
    switch (field.type) {
      case FieldType::kString:
        return text(field.max_bytes == 0 ? limits::kFieldBytes : field.max_bytes);
      case FieldType::kInteger:
        return integer(&number) && number >= field.min;
      case FieldType::kBoolean:
        return take("true") || take("false");
      case FieldType::kStringList:
        return list();
      case FieldType::kStringMap:
        return map();
    }
    return false;
  }

  bool list() {
    if (!take('[')) return false;
    if (take(']')) return true;
    std::size_t items = 0;
    do {
      if (++items > limits::kStackFrames || !text(limits::kUrlBytes)) return false;
    } while (take(','));
    return take(']');
  }

  // Names as check_body() wants them, in order as they have to be written.
  bool map() {
    if (!take('{')) return false;
    if (take('}')) return true;
    std::string_view last;
    std::size_t names = 0;
    do {
      std::string_view name;
      if (++names > kMapKeys || !plain_string(&name) || !is_map_key(name) || name <= last)
        return false;
      last = name;
      if (!take(':') || !text(limits::kFieldBytes)) return false;
    } while (take(','));
    return take('}');
  }

  const Kind& kind_;
  std::array<std::string_view, kFields> values_;  // By field; empty: not there, or null.
  std::uint64_t seen_ = 0;
  std::size_t next_ = 0;
};

}  // namespace

std::optional<EncodedBody> encode_text(const Kind& kind, std::string_view text) {
  const auto all = kinds();
  if (&kind < all.data() || &kind >= all.data() + all.size()) return std::nullopt;
  TextEncoder encoder(kind, text);
  if (!encoder.read()) return std::nullopt;
  return encoder.write(by_name(static_cast<std::size_t>(&kind - all.data())));
}

}  // namespace affiant::observe
