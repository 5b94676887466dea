#include "observe/set_cookie.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "observe/attribute_values.h"

namespace affiant::observe {
namespace {

// 5.6 step 1: %x00-08 / %x0A-1F / %x7F.
bool is_control(char ch) {
  const auto c = static_cast<unsigned char>(ch);
  return (c <= 0x1F && c != 0x09) || c == 0x7F;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string shown(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

// The second algorithm of section 5.6: the unparsed-attributes.
void parse_attributes(std::string_view unparsed, Engine engine, std::int64_t now_ms,
                      ParsedCookie* cookie, Trace* trace) {
  // 1. If the unparsed-attributes string is empty, skip the rest of these steps.
  while (!unparsed.empty()) {
    // 2. Discard the first character, which is a ";".
    unparsed.remove_prefix(1);
    // 3. Consume the characters up to, but not including, the first ";", or all of them: the
    // cookie-av string.
    const std::string_view av = unparsed.substr(0, unparsed.find(';'));
    unparsed.remove_prefix(av.size());
    // 4. Split it at the first "=", if it has one.
    const std::size_t equals = av.find('=');
    // 5. Remove white space around the attribute-name and the attribute-value.
    Attribute attribute;
    attribute.name = trim(av.substr(0, equals));
    attribute.value =
        equals == std::string_view::npos ? std::string_view{} : trim(av.substr(equals + 1));
    // 6. If the attribute-value is longer than 1024 octets, ignore the cookie-av string.
    if (attribute.value.size() > limits::kCookieAttributeValue) {
      note(trace, "5.6 attributes step 6", "ignored", "{}: its value of {} bytes is over {}",
           shown(attribute.name), attribute.value.size(), limits::kCookieAttributeValue);
      attribute.ignored = true;
      attribute.kind = attribute_kind(attribute.name);
    } else {
      // 7. Process it according to its name; unrecognised names are ignored.
      process_attribute(&attribute, engine, now_ms, trace);
    }
    if (!attribute.name.empty() || !attribute.value.empty())
      cookie->attributes.push_back(std::move(attribute));
    // 8. Return to step 1.
  }
}

}  // namespace

const Attribute* ParsedCookie::last(Attribute::Kind kind) const {
  const auto it = std::find_if(attributes.rbegin(), attributes.rend(),
                               [&](const Attribute& a) { return a.kind == kind && !a.ignored; });
  return it == attributes.rend() ? nullptr : &*it;
}

tl::expected<ParsedCookie, Refusal> parse_set_cookie(std::string_view line, Engine engine,
                                                     std::int64_t now_ms, Trace* trace) {
  // 1. If the set-cookie-string contains a control character other than a tab, ignore it entirely.
  const auto control = std::find_if(line.begin(), line.end(), is_control);
  if (control != line.end()) {
    note(trace, "5.6 step 1", "refused", "byte {} is the control character 0x{:02X}",
         control - line.begin(), static_cast<unsigned char>(*control));
    return tl::unexpected(Refusal::kControlCharacter);
  }
  note(trace, "5.6 step 1", "go on", "no control characters");

  // 2. The name-value-pair ends before the first ";"; the rest are the unparsed-attributes.
  const std::string_view pair = line.substr(0, line.find(';'));
  const std::string_view unparsed = line.substr(pair.size());
  note(trace, "5.6 step 2", "go on", "name and value: {}; attributes: {}", shown(pair),
       shown(unparsed));

  // 3. Without "=" the name is empty and all of the pair is the value; else split at the first "=".
  std::string_view name;
  std::string_view value;
  const std::size_t equals = pair.find('=');
  if (equals != std::string_view::npos) {
    name = pair.substr(0, equals);
    value = pair.substr(equals + 1);
    note(trace, "5.6 step 3", "set", "split at the first \"=\"");
  } else if (engine == Engine::kFirefox) {
    // Departs from step 3: Firefox takes a pair without "=" for a name without a value.
    name = pair;
    note(trace, "5.6 step 3", "set", "there is no \"=\": Firefox takes all of it as the name");
  } else {
    value = pair;
    note(trace, "5.6 step 3", "set",
         "there is no \"=\": the name is empty, all of it is the value");
  }

  // 4. Remove white space around the name and the value.
  ParsedCookie cookie;
  cookie.name = trim(name);
  cookie.value = trim(value);
  note(trace, "5.6 step 4", "set", "white space removed: name {}, value {}", shown(cookie.name),
       shown(cookie.value));

  // Departs from step 4: Chromium refuses a tab that is left inside the name or the value.
  if (engine == Engine::kChromium && (cookie.name.find('\t') != std::string::npos ||
                                      cookie.value.find('\t') != std::string::npos)) {
    note(trace, "5.6 step 4", "refused",
         "a tab is left inside the name or the value, which Chromium does not accept");
    return tl::unexpected(Refusal::kControlCharacter);
  }

  // 5. If name and value together are more than 4096 octets, ignore the set-cookie-string entirely.
  const std::size_t size = cookie.name.size() + cookie.value.size();
  if (size > limits::kCookieNameValue) {
    note(trace, "5.6 step 5", "refused", "name and value take {} bytes, at most {} are allowed",
         size, limits::kCookieNameValue);
    return tl::unexpected(Refusal::kTooLarge);
  }
  note(trace, "5.6 step 5", "go on", "name and value take {} of {} bytes", size,
       limits::kCookieNameValue);

  // 6. The cookie-name is the name string, the cookie-value the value string.
  parse_attributes(unparsed, engine, now_ms, &cookie, trace);
  return cookie;
}

}  // namespace affiant::observe
