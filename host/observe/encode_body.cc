// Bodies in and out: what the recorder writes and what the reader takes apart again.
#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "evidence/verify.h"
#include "observe/body_parts.h"

namespace affiant::observe {
namespace {

constexpr std::string_view kDigests = "_sd";

Status check_text(const json::Value& value, std::size_t max_bytes, const std::string& where) {
  if (!value.is_string())
    return fail(Code::kMalformed, "{}: expected a string, found {}", where, value.type_name());
  const std::size_t size = value.get_ref<const std::string&>().size();
  if (size > max_bytes)
    return fail(Code::kTooLarge, "{}: {} bytes, at most {} allowed; cut it and name it in \"cut\"",
                where, size, max_bytes);
  return {};
}

Status check_integer(const json::Value& value, std::int64_t min, const std::string& where) {
  if (!value.is_number_integer())
    return fail(Code::kMalformed, "{}: expected an integer, found {}", where,
                value.is_number() ? "a fraction" : value.type_name());
  const bool huge =
      value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(limits::kMaxSafeInteger);
  if (huge || value.get<std::int64_t>() < min)
    return fail(Code::kMalformed, "{}: {} is not between {} and {}", where, value.dump(), min,
                limits::kMaxSafeInteger);
  return {};
}

Status check_list(const json::Value& value, const std::string& where) {
  if (!value.is_array())
    return fail(Code::kMalformed, "{}: expected an array, found {}", where, value.type_name());
  if (value.size() > limits::kStackFrames)
    return fail(Code::kTooLarge, "{}: {} items, at most {} allowed", where, value.size(),
                limits::kStackFrames);
  for (std::size_t i = 0; i < value.size(); ++i)
    AFFIANT_CHECK(check_text(value[i], limits::kUrlBytes, fmt::format("{}[{}]", where, i)));
  return {};
}

Status check_map(const json::Value& value, const std::string& where) {
  if (!value.is_object())
    return fail(Code::kMalformed, "{}: expected an object, found {}", where, value.type_name());
  if (value.size() > kMapKeys)
    return fail(Code::kTooLarge, "{}: {} names, at most {} allowed", where, value.size(), kMapKeys);
  for (const auto& item : value.items()) {
    if (!is_map_key(item.key()))
      return fail(Code::kMalformed, "{}: \"{}\" is no lower-case header name", where,
                  printable(item.key(), 60));
    AFFIANT_CHECK(
        check_text(item.value(), limits::kFieldBytes, fmt::format("{}.{}", where, item.key())));
  }
  return {};
}

// True only of what check_field() lets through, and of most of that: then no place is spelled out.
bool is_plainly_good(const Field& field, const json::Value& value) {
  switch (field.type) {
    case FieldType::kString:
      return value.is_string() &&
             value.get_ref<const std::string&>().size() <=
                 (field.max_bytes == 0 ? limits::kFieldBytes : field.max_bytes);
    case FieldType::kInteger:
      return value.is_number_unsigned() && field.min <= 0 &&
             value.get<std::uint64_t>() <= static_cast<std::uint64_t>(limits::kMaxSafeInteger);
    case FieldType::kBoolean:
      return value.is_boolean();
    default:
      return false;
  }
}

Status check_field(const Field& field, const json::Value& value, const std::string& where) {
  switch (field.type) {
    case FieldType::kString:
      return check_text(value, field.max_bytes == 0 ? limits::kFieldBytes : field.max_bytes, where);
    case FieldType::kInteger:
      return check_integer(value, field.min, where);
    case FieldType::kBoolean:
      if (value.is_boolean()) return {};
      return fail(Code::kMalformed, "{}: expected true or false, found {}", where,
                  value.type_name());
    case FieldType::kStringList:
      return check_list(value, where);
    case FieldType::kStringMap:
      return check_map(value, where);
  }
  return fail(Code::kInternal, "{}: a field type without a check", where);
}

const Field* find_field(const Kind& kind, std::string_view name) {
  const auto it = std::find_if(kind.fields.begin(), kind.fields.end(),
                               [name](const Field& field) { return field.name == name; });
  return it == kind.fields.end() ? nullptr : &*it;
}

// The short way through check_body(): true when all is good, one pass over what is there.
bool is_whole(const Kind& kind, const json::Value& body, bool withheld) {
  std::uint64_t seen = 0;
  for (auto it = body.begin(); it != body.end(); ++it) {
    const Field* field = find_field(kind, it.key());
    if (field == nullptr) return false;
    if (it->is_null()) continue;
    if (!is_plainly_good(*field, *it) && !check_field(*field, *it, {})) return false;
    seen |= std::uint64_t{1} << (field - kind.fields.data());
  }
  for (std::size_t n = 0; n < kind.fields.size(); ++n) {
    const Field& field = kind.fields[n];
    if ((seen >> n & 1U) == 0 && !field.nullable && !(field.sensitive && withheld)) return false;
  }
  return true;
}

}  // namespace

void append_digest_list(const std::vector<evidence::Disclosure>& disclosures, std::string& out) {
  if (disclosures.empty()) return;
  std::vector<std::string_view> digests;
  digests.reserve(disclosures.size());
  for (const auto& disclosure : disclosures) digests.emplace_back(disclosure.digest());
  std::sort(digests.begin(), digests.end());
  out.append("\"").append(kDigests).append("\":[");
  for (const std::string_view digest : digests)
    out.append(out.back() == '[' ? "\"" : ",\"").append(digest) += '"';
  out += ']';
}

Status check_body(const Kind& kind, const json::Value& body, bool withheld, std::string_view what) {
  if (!body.is_object())
    return fail(Code::kMalformed, "{}: expected an object, found {}", what, body.type_name());
  constexpr std::size_t kBits = 64;
  if (kind.fields.size() <= kBits && is_whole(kind, body, withheld)) return {};
  std::size_t known = 0;
  for (const Field& field : kind.fields) {
    const auto it = body.find(std::string(field.name));
    if (it != body.end()) ++known;
    if (it == body.end() || it->is_null()) {
      if (field.nullable || (field.sensitive && withheld)) continue;
      return fail(Code::kMalformed, "{}: field \"{}\" of a {} is {}", what, field.name, kind.name,
                  it == body.end() ? "missing" : "null");
    }
    AFFIANT_CHECK(check_field(field, *it, fmt::format("{}.{}", what, field.name)));
  }
  if (known == body.size()) return {};
  for (const auto& item : body.items())
    if (std::none_of(kind.fields.begin(), kind.fields.end(),
                     [&](const Field& field) { return field.name == item.key(); }))
      return fail(Code::kMalformed, "{}: unknown field \"{}\" of a {}", what,
                  printable(item.key(), 60), kind.name);
  return {};
}

Result<EncodedBody> encode_body(const Kind& kind, const json::Value& body, std::string_view what) {
  AFFIANT_CHECK(check_body(kind, body, false, what));
  EncodedBody encoded;
  for (const Field& field : kind.fields) {
    if (!field.sensitive) continue;
    const auto it = body.find(std::string(field.name));
    if (it == body.end() || it->is_null()) continue;  // One thing, and neither is stored.
    AFFIANT_TRY(const std::string value, json::canonical(*it));
    evidence::Disclosure disclosure = evidence::make_disclosure(field.name, value);
    if (disclosure.text().size() > limits::kDisclosureBytes)
      return fail(Code::kTooLarge, "{}.{}: its disclosure takes {} bytes, at most {} allowed", what,
                  field.name, disclosure.text().size(), limits::kDisclosureBytes);
    encoded.disclosures.push_back(std::move(disclosure));
  }
  // The members come in the order of RFC 8785, their names being plain ASCII.
  std::string open;
  for (auto it = body.begin(); it != body.end(); ++it) {
    if (it->is_null() || find_field(kind, it.key())->sensitive) continue;
    if (!open.empty()) open += ',';
    json::append_string(open, it.key());
    open += ':';
    AFFIANT_CHECK(json::append_canonical(open, *it));
  }
  encoded.bytes = '{';
  append_digest_list(encoded.disclosures, encoded.bytes);
  if (!encoded.disclosures.empty() && !open.empty()) encoded.bytes += ',';
  encoded.bytes += open;
  encoded.bytes += '}';
  if (encoded.bytes.size() > limits::kEntryBody)
    return fail(Code::kTooLarge, "{}: the body of a {} takes {} bytes, at most {} allowed", what,
                kind.name, encoded.bytes.size(), limits::kEntryBody);
  return encoded;
}

Result<DecodedBody> decode_body(std::string_view body,
                                const std::vector<std::string_view>& disclosures) {
  DecodedBody decoded;
  AFFIANT_TRY(decoded.fields, json::parse(body, "entry body"));
  if (!decoded.fields.is_object())
    return fail(Code::kMalformed, "entry body: expected an object, found {}",
                decoded.fields.type_name());
  std::set<std::string> digests;
  if (const auto it = decoded.fields.find(std::string(kDigests)); it != decoded.fields.end()) {
    if (!it->is_array())
      return fail(Code::kMalformed, "entry body: \"_sd\" is a {}, not an array", it->type_name());
    for (const auto& digest : *it) {
      if (!digest.is_string())
        return fail(Code::kMalformed, "entry body: \"_sd\" holds a {}, not a digest",
                    digest.type_name());
      if (!digests.insert(digest.get<std::string>()).second)
        return fail(Code::kBroken, "entry body: \"_sd\" names one digest twice");
    }
    decoded.fields.erase(it);
  }
  for (const std::string_view text : disclosures) {
    AFFIANT_TRY(const Bytes hash, hex_decode(evidence::sha256_hex(text)));
    const std::string digest = base64url_encode(hash);
    // Erasing it makes a disclosure given twice an error as well.
    if (digests.erase(digest) == 0)
      return fail(Code::kBroken, "disclosure {}: its digest is not in the entry", digest);
    AFFIANT_TRY(const Bytes plain, base64url_decode(text));
    AFFIANT_TRY(json::Value triple, json::parse(as_text(plain), "disclosure"));
    if (!triple.is_array() || triple.size() != 3 || !triple[0].is_string() ||
        !triple[1].is_string())
      return fail(Code::kMalformed, "disclosure {}: expected [salt, name, value]", digest);
    const std::string name = triple[1].get<std::string>();
    // RFC 9901 section 7.1 step 3: a name that is there already, or a reserved one, is a forgery.
    if (name == kDigests || name == "..." || decoded.fields.contains(name))
      return fail(Code::kBroken, "disclosure {}: the name \"{}\" is taken", digest,
                  printable(name, 60));
    decoded.fields[name] = std::move(triple[2]);
  }
  decoded.withheld = digests.size();
  return decoded;
}

}  // namespace affiant::observe
