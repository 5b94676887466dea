// What a site declares in files made for machines: which format a file is of, and what it says.
//
// One source, one declaration. A quotation is Source::text[start, end), and Source::text is the
// file without its byte order mark, with bytes that are no UTF-8 replaced where the format allows
// text. What a format cannot express is not read into it: who may sell advertising is not who
// tracks, a set of websites is no excuse, and a file that is not of the format promises nothing.
// Pure and thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "policy/declaration.h"

namespace affiant::machine {

inline constexpr std::size_t kQuoteBytes = 1'000;  // A row longer than that quotes its name.
inline constexpr std::size_t kNamedBytes = 253;    // A host name (RFC 1035 section 2.3.4).
inline constexpr std::size_t kUnreadNamed = 5;     // Of many faults of a kind, so many.

// The kind (contract: sources[].kind) of a file known by its address or name and by what is in it:
// "gpc.json", "dnt-policy", "iab-disclosure", "tcf", "p3p", "ads.txt" (app-ads.txt as well),
// "sellers.json", "related-website-set". A web page served under such a name is none of them.
std::optional<std::string_view> machine_kind_of(std::string_view url_or_name,
                                                std::string_view bytes);

// Whether `kind` is one of those above.
bool is_machine_kind(std::string_view kind);

// `kind`: one of those above, else kUnsupported. `source` is copied into the result with kind and
// text filled in. kTooLarge above limits::kMachineFileBytes; kMalformed, with the place, for bytes
// that are not of the format. A fault of one row costs that row and is told in `unread`.
Result<policy::Declaration> read_machine_file(std::string_view kind, std::string_view bytes,
                                              const policy::Source& source);

}  // namespace affiant::machine
