// The readers of the single managers: one file each, which says where its shapes were learnt.
// Internal to this layer.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "consent/collector.h"
#include "consent/js_tree.h"

namespace affiant::consent {

enum class Shape : std::uint8_t { kJson, kHtml, kScript };

struct Input {
  std::string_view what;  // The manager's name: opens messages.
  Shape shape = Shape::kScript;
  std::string text;  // Well-formed UTF-8; well-formed JSON where that is the shape.
};

// The stretches of code: the text of a script, the scripts of a page, none of JSON.
std::vector<std::string_view> code_of(const Input& input);
// Calls `take` with every literal that the code gives one of `names` with `sign` and that begins
// with a character of `opens`; of literals within each other with the outermost. True when `take`
// was, once at least. kMalformed, with the byte in the whole text, when such a literal cannot be
// read.
Result<bool> each_literal(const Input& input, std::initializer_list<std::string_view> names,
                          char sign, std::string_view opens,
                          const std::function<bool(std::string_view name, const JsValue&)>& take);
// Of JSON.
Result<JsTree> read_json_tree(const Input& input);
// "The data holds nothing of this manager's."
tl::unexpected<Error> not_found(const Input& input, std::string_view what);

Status read_cookiebot(const Input& input, Collector* out);
Status read_onetrust(const Input& input, Collector* out);
Status read_termly(const Input& input, Collector* out);
Status read_usercentrics(const Input& input, Collector* out);
Status read_didomi(const Input& input, Collector* out);
Status read_klaro(const Input& input, Collector* out);
Status read_complianz(const Input& input, Collector* out);
Status read_cookieyes(const Input& input, Collector* out);
Status read_osano(const Input& input, Collector* out);
Status read_iubenda(const Input& input, Collector* out);

}  // namespace affiant::consent
