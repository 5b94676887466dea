#include "consent/consent.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "consent/js_places.h"
#include "consent/js_scanner.h"
#include "consent/managers.h"
#include "json/json.h"
#include "policy/utf8.h"

namespace affiant::consent {
namespace {

struct Manager {
  std::string_view name;
  Status (*read)(const Input& input, Collector* out);
};

constexpr Manager kManagers[] = {
    {"cookiebot", read_cookiebot},       {"onetrust", read_onetrust},   {"termly", read_termly},
    {"usercentrics", read_usercentrics}, {"didomi", read_didomi},       {"klaro", read_klaro},
    {"complianz", read_complianz},       {"cookieyes", read_cookieyes}, {"osano", read_osano},
    {"iubenda", read_iubenda},
};

Shape shape_of(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Shape::kScript;
  if (text[first] == '<') return Shape::kHtml;
  return text[first] == '{' || text[first] == '[' ? Shape::kJson : Shape::kScript;
}

}  // namespace

std::vector<std::string_view> code_of(const Input& input) {
  if (input.shape == Shape::kJson) return {};
  if (input.shape == Shape::kHtml) return scripts_in(input.text);
  return {input.text};
}

tl::unexpected<Error> not_found(const Input& input, std::string_view what) {
  return fail(Code::kMalformed, "{}: {} bytes that do not hold {}", input.what, input.text.size(),
              what);
}

Result<bool> each_literal(const Input& input, std::initializer_list<std::string_view> names,
                          char sign, std::string_view opens,
                          const std::function<bool(std::string_view name, const JsValue&)>& take) {
  bool taken = false;
  for (const std::string_view code : code_of(input)) {
    // Offsets of the tree are those of the whole text, so that a message can be followed.
    const auto begin = static_cast<std::size_t>(code.data() - input.text.data());
    const std::string_view text = std::string_view(input.text).substr(0, begin + code.size());
    std::size_t until = 0;
    for (const JsPlace& place : places_of(code, names, std::string_view(&sign, 1))) {
      const std::size_t at = skip_trivia(text, begin + place.at);
      if (at < until || at >= text.size() || opens.find(text[at]) == std::string_view::npos)
        continue;
      AFFIANT_TRY(const JsTree tree, JsTree::read(text, at, input.what));
      until = tree.root().end();
      taken = take(place.name, tree.root()) || taken;
    }
  }
  return taken;
}

Result<JsTree> read_json_tree(const Input& input) {
  return JsTree::read(input.text, 0, input.what);
}

Result<policy::Declaration> read_consent_data(std::string_view manager, std::string_view bytes,
                                              const policy::Source& source) {
  const auto* known = std::find_if(std::begin(kManagers), std::end(kManagers),
                                   [&](const Manager& m) { return m.name == manager; });
  if (known == std::end(kManagers))
    return fail(Code::kUsage, "no consent manager is called \"{}\"", printable(manager, 40));
  if (bytes.size() > limits::kPolicyBytes)
    return fail(Code::kTooLarge, "{}: {} bytes, above the cap of {} (limits.h kPolicyBytes)",
                known->name, bytes.size(), limits::kPolicyBytes);
  Collector collector;
  policy::CleanText clean = policy::clean_utf8(bytes);
  Input input{known->name, shape_of(clean.text), std::move(clean.text)};
  if (input.shape == Shape::kJson) {
    if (clean.replaced > 0 || clean.encoding == policy::Encoding::kWindows1252)
      return fail(Code::kMalformed, "{}: not UTF-8 at byte {}", known->name,
                  find_invalid_utf8(bytes));
    // The tree's caps first, since they bound what the strict parser builds; then no key twice and
    // nothing behind the value. The tree is read again for the places.
    AFFIANT_CHECK(read_json_tree(input).map([](const JsTree&) {}));
    AFFIANT_CHECK(json::parse(input.text, known->name, json::Surrogates::kReplace)
                      .map([](const json::Value&) {}));
  } else if (clean.replaced > 0) {
    collector.unread(std::to_string(clean.replaced) + (clean.replaced == 1 ? " byte" : " bytes") +
                     " that are not UTF-8, read as unknown characters");
  }
  AFFIANT_CHECK(known->read(input, &collector));
  if (collector.empty() && collector.all_read())
    collector.unread("nothing is declared in this data of " + std::string(known->name));
  return collector.take(source, known->name);
}

}  // namespace affiant::consent
