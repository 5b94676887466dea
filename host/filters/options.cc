#include "filters/options.h"

#include <algorithm>
#include <array>

#include "filters/ascii.h"
#include "filters/host_name.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

enum class Does : std::uint8_t {
  kType,
  kThird,
  kFirst,
  kFlag,
  kFrom,
  kTo,
  kDenyAllow,
  kMethod,
  kRedirect,
  kSkip,
};

struct Option {
  std::string_view name;
  Does does;
  std::uint32_t what = 0;  // Types, Flag or Skip.
  bool value = false;      // Has a "=...".
};

constexpr std::uint32_t skip(Skip why) { return static_cast<std::uint32_t>(why); }

constexpr std::array kOptions = {
    Option{"third-party", Does::kThird},
    Option{"3p", Does::kThird},
    Option{"first-party", Does::kFirst},
    Option{"1p", Does::kFirst},
    Option{"domain", Does::kFrom, 0, true},
    Option{"from", Does::kFrom, 0, true},
    Option{"script", Does::kType, kScript},
    Option{"image", Does::kType, kImage},
    Option{"popup", Does::kType, kPopup},
    Option{"popunder", Does::kType, kPopup},
    Option{"document", Does::kType, kDocument},
    Option{"doc", Does::kType, kDocument},
    Option{"xmlhttprequest", Does::kType, kXhr},
    Option{"xhr", Does::kType, kXhr},
    Option{"subdocument", Does::kType, kFrame},
    Option{"frame", Does::kType, kFrame},
    Option{"stylesheet", Does::kType, kStylesheet},
    Option{"css", Does::kType, kStylesheet},
    Option{"ping", Does::kType, kPing},
    Option{"beacon", Does::kType, kPing},
    Option{"media", Does::kType, kMedia},
    Option{"font", Does::kType, kFont},
    Option{"object", Does::kType, kObject},
    Option{"object-subrequest", Does::kType, kObject},
    Option{"websocket", Does::kType, kWebSocket},
    Option{"webrtc", Does::kType, kWebRtc},
    Option{"other", Does::kType, kOther},
    Option{"all", Does::kType, kAnyType | kPopup},
    Option{"important", Does::kFlag, kImportant},
    Option{"badfilter", Does::kFlag, kBadFilter},
    Option{"match-case", Does::kFlag, kMatchCase},
    Option{"strict3p", Does::kFlag, kOtherHostOnly},
    Option{"strict1p", Does::kFlag, kSameHostOnly},
    Option{"to", Does::kTo, 0, true},
    Option{"denyallow", Does::kDenyAllow, 0, true},
    Option{"method", Does::kMethod, 0, true},
    Option{"redirect", Does::kRedirect, 0, true},
    Option{"rewrite", Does::kRedirect, 0, true},
    Option{"empty", Does::kRedirect},
    Option{"mp4", Does::kRedirect, kMedia},
    Option{"generichide", Does::kSkip, skip(Skip::kWholePage)},
    Option{"ghide", Does::kSkip, skip(Skip::kWholePage)},
    Option{"elemhide", Does::kSkip, skip(Skip::kWholePage)},
    Option{"ehide", Does::kSkip, skip(Skip::kWholePage)},
    Option{"specifichide", Does::kSkip, skip(Skip::kWholePage)},
    Option{"shide", Does::kSkip, skip(Skip::kWholePage)},
    Option{"genericblock", Does::kSkip, skip(Skip::kWholePage)},
    Option{"jsinject", Does::kSkip, skip(Skip::kWholePage)},
    Option{"content", Does::kSkip, skip(Skip::kWholePage)},
    Option{"urlblock", Does::kSkip, skip(Skip::kWholePage)},
    Option{"extension", Does::kSkip, skip(Skip::kWholePage)},
    Option{"stealth", Does::kSkip, skip(Skip::kWholePage)},
    Option{"csp", Does::kSkip, skip(Skip::kModifier)},
    Option{"permissions", Does::kSkip, skip(Skip::kModifier)},
    Option{"referrerpolicy", Does::kSkip, skip(Skip::kModifier)},
    Option{"redirect-rule", Does::kSkip, skip(Skip::kModifier)},
    Option{"removeparam", Does::kSkip, skip(Skip::kModifier)},
    Option{"queryprune", Does::kSkip, skip(Skip::kModifier)},
    Option{"removeheader", Does::kSkip, skip(Skip::kModifier)},
    Option{"replace", Does::kSkip, skip(Skip::kModifier)},
    Option{"urltransform", Does::kSkip, skip(Skip::kModifier)},
    Option{"uritransform", Does::kSkip, skip(Skip::kModifier)},
    Option{"urlskip", Does::kSkip, skip(Skip::kModifier)},
    Option{"cookie", Does::kSkip, skip(Skip::kModifier)},
    Option{"hls", Does::kSkip, skip(Skip::kModifier)},
    Option{"jsonprune", Does::kSkip, skip(Skip::kModifier)},
    Option{"xmlprune", Does::kSkip, skip(Skip::kModifier)},
    Option{"inline-script", Does::kSkip, skip(Skip::kModifier)},
    Option{"inline-font", Does::kSkip, skip(Skip::kModifier)},
    Option{"header", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"ipaddress", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"cname", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"app", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"network", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"ctag", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"client", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"dnstype", Does::kSkip, skip(Skip::kUndecidable)},
    Option{"dnsrewrite", Does::kSkip, skip(Skip::kUndecidable)},
};
constexpr std::size_t kNameBytes = 17;  // The longest of them.

bool is_name_char(char c) { return is_alnum(c) || c == '-' || c == '_'; }

const Option* find_option(std::string_view name) {
  if (name.size() > kNameBytes) return nullptr;
  std::array<char, kNameBytes> lower{};
  std::transform(name.begin(), name.end(), lower.begin(), lower_char);
  const std::string_view key(lower.data(), name.size());
  for (const Option& option : kOptions)
    if (option.name == key) return &option;
  return nullptr;
}

// "_" and "___" do nothing: list authors part long option lists with them.
bool is_filler(std::string_view name) {
  return !name.empty() && name.find_first_not_of('_') == kNone;
}

struct Piece {
  bool negated = false;
  std::string_view name, value;
  bool has_value = false;
};

// Takes the next option off `rest`. False when what is there is not shaped like one.
bool next_piece(std::string_view& rest, Piece& piece) {
  piece = Piece{};
  while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
  if (!rest.empty() && rest.front() == '~') {
    piece.negated = true;
    rest.remove_prefix(1);
  }
  std::size_t end = 0;
  while (end < rest.size() && is_name_char(rest[end])) ++end;
  piece.name = rest.substr(0, end);
  rest.remove_prefix(end);
  if (!rest.empty() && rest.front() == '=') {
    piece.has_value = true;
    std::size_t comma = 1;
    while (comma < rest.size() && rest[comma] != ',') comma += rest[comma] == '\\' ? 2 : 1;
    comma = std::min(comma, rest.size());
    piece.value = rest.substr(1, comma - 1);
    rest.remove_prefix(comma);
  }
  while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
  if (piece.name.empty() || (!rest.empty() && rest.front() != ',')) return false;
  if (!rest.empty()) rest.remove_prefix(1);
  return true;
}

bool shaped_like_options(std::string_view rest, bool& first_known) {
  if (rest.empty()) return false;
  Piece piece;
  for (bool first = true; !rest.empty(); first = false) {
    if (!next_piece(rest, piece)) return false;
    const Option* option = find_option(piece.name);
    if (first) first_known = option != nullptr || is_filler(piece.name);
    // What the value of a modifier holds may have commas of its own.
    if (first_known && option != nullptr && option->does == Does::kSkip) return true;
  }
  return true;
}

std::optional<Skip> parse_methods(std::string_view value, Methods& methods) {
  Methods in = 0;
  Methods out = 0;
  while (!value.empty()) {
    const std::size_t bar = std::min(value.find('|'), value.size());
    std::string_view name = trimmed(value.substr(0, bar));
    value.remove_prefix(std::min(bar + 1, value.size()));
    const bool negated = !name.empty() && name.front() == '~';
    if (negated) name.remove_prefix(1);
    const Methods bit = method_bit(name);
    if (bit == 0) return Skip::kMalformed;
    (negated ? out : in) |= bit;
  }
  methods = static_cast<Methods>((in != 0 ? in : ~Methods{0}) & ~out);
  return methods == 0 ? std::optional(Skip::kMalformed) : std::nullopt;
}

std::optional<Skip> parse_redirect(const Piece& piece, std::uint32_t types, ParsedRule& rule,
                                   std::uint32_t& named) {
  // Undoes a redirection, not a block.
  if ((rule.flags & kException) != 0 || piece.value == "none") return Skip::kModifier;
  if (piece.negated || !rule.redirect.empty()) return Skip::kMalformed;
  rule.redirect = piece.has_value ? piece.value : piece.name;
  if (rule.redirect.empty()) return Skip::kMalformed;
  named |= types;
  return std::nullopt;
}

}  // namespace

Split split_options(std::string_view rule) {
  std::size_t fallback = kNone;
  for (std::size_t at = rule.find('$'); at != kNone; at = rule.find('$', at + 1)) {
    if (at > 0 && rule[at - 1] == '\\') continue;
    bool known = false;
    if (!shaped_like_options(rule.substr(at + 1), known)) continue;
    if (known) return {rule.substr(0, at), rule.substr(at + 1)};
    fallback = at;
  }
  if (fallback == kNone) return {rule, {}};
  return {rule.substr(0, fallback), rule.substr(fallback + 1)};
}

std::optional<Skip> parse_domains(std::string_view list, std::vector<DomainName>& in,
                                  std::vector<DomainName>& out) {
  do {
    const std::size_t bar = std::min(list.find('|'), list.size());
    std::string_view name = trimmed(list.substr(0, bar));
    list.remove_prefix(std::min(bar + 1, list.size()));
    const bool negated = !name.empty() && name.front() == '~';
    if (negated) name.remove_prefix(1);
    if (!name.empty() && name.front() == '/') return Skip::kUndecidable;  // A regular expression.
    DomainName domain;
    domain.entity = name.size() > 2 && name.substr(name.size() - 2) == ".*";
    if (domain.entity) name.remove_suffix(2);
    if (name.size() > 1 && name.front() == '[' && name.back() == ']') {  // An IPv6 address.
      name.remove_prefix(1);
      name.remove_suffix(1);
    }
    auto host = ascii_host(name);
    if (!host || host->empty() || host->find_first_of("*/ \t") != std::string::npos)
      return Skip::kMalformed;
    domain.name = std::move(*host);
    (negated ? out : in).push_back(std::move(domain));
  } while (!list.empty());
  return std::nullopt;
}

std::optional<Skip> parse_options(std::string_view options, ParsedRule& rule) {
  std::uint32_t named = 0;
  std::uint32_t excluded = 0;
  bool deny_allow = false;
  std::optional<Skip> later;  // An unknown option says less than a modifier that is known.
  Piece piece;
  while (!options.empty()) {
    if (!next_piece(options, piece)) return later ? later : Skip::kMalformed;
    if (is_filler(piece.name)) continue;
    const Option* option = find_option(piece.name);
    if (option == nullptr) {
      if (!later) later = Skip::kUnknownOption;
      continue;
    }
    std::optional<Skip> bad;
    if (option->value && (!piece.has_value || piece.negated)) bad = Skip::kMalformed;
    if (!bad) switch (option->does) {
        case Does::kType:
          (piece.negated ? excluded : named) |= option->what;
          break;
        case Does::kThird:
          rule.flags |= piece.negated ? kFirstOnly : kThirdOnly;
          break;
        case Does::kFirst:
          rule.flags |= piece.negated ? kThirdOnly : kFirstOnly;
          break;
        case Does::kFlag:
          if (piece.negated) bad = Skip::kMalformed;
          rule.flags |= option->what;
          break;
        case Does::kFrom:
          bad = parse_domains(piece.value, rule.from, rule.not_from);
          break;
        case Does::kTo:
          bad = parse_domains(piece.value, rule.to, rule.not_to);
          break;
        case Does::kDenyAllow:
          deny_allow = true;
          bad = parse_domains(piece.value, rule.not_to, rule.to);
          break;
        case Does::kMethod:
          bad = parse_methods(piece.value, rule.methods);
          break;
        case Does::kRedirect:
          bad = parse_redirect(piece, option->what, rule, named);
          break;
        case Does::kSkip:
          return static_cast<Skip>(option->what);
      }
    if (bad) return bad;
  }
  if (later) return later;
  if (deny_allow && rule.from.empty() && rule.not_from.empty()) return Skip::kMalformed;
  if (named == 0 && excluded == 0) return std::nullopt;
  // "~script" leaves a rule for every named type but that one, and none for types without a name.
  const std::uint32_t types = (named != 0 ? named : std::uint32_t{kAnyType}) & ~excluded;
  rule.types = static_cast<Types>(excluded != 0 ? types & ~std::uint32_t{kUnnamed} : types);
  return rule.types == 0 ? std::optional(Skip::kMalformed) : std::nullopt;
}

}  // namespace affiant::filters
