#include "machine/machine.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"
#include "machine/placed_json.h"
#include "machine/reading.h"
#include "machine/tc_string.h"

namespace affiant::machine {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

using Reader = Result<policy::Declaration> (*)(std::string, const policy::Source&);

struct Format {
  std::string_view kind;
  Reader read;
  bool json = false;
};
constexpr std::array kFormats{
    Format{"gpc.json", read_gpc, true},
    Format{"dnt-policy", read_dnt_policy},
    Format{"iab-disclosure", read_iab_disclosure, true},
    Format{"tcf", read_tcf},
    Format{"p3p", read_p3p},
    Format{"ads.txt", read_ads_txt},
    Format{"sellers.json", read_sellers_json, true},
    Format{"related-website-set", read_related_website_set, true},
};

const Format* format_of(std::string_view kind) {
  const auto* const it = std::find_if(kFormats.begin(), kFormats.end(),
                                      [&](const Format& f) { return f.kind == kind; });
  return it == kFormats.end() ? nullptr : it;
}

// The last part of a path, lower case, without query and fragment.
std::string file_name(std::string_view url_or_name) {
  std::string_view path = url_or_name.substr(0, url_or_name.find_first_of("?#"));
  if (const std::size_t slash = path.find_last_of("/\\"); slash != std::string_view::npos)
    path.remove_prefix(slash + 1);
  return lower(path);
}

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes;
}

struct Name {
  std::string_view file, kind;
};
// Well-known places (RFC 8615) and roots where the formats ask to be served.
constexpr std::array kNames{
    Name{"gpc.json", "gpc.json"},         Name{"dnt-policy.txt", "dnt-policy"},
    Name{"ads.txt", "ads.txt"},           Name{"app-ads.txt", "ads.txt"},
    Name{"sellers.json", "sellers.json"}, Name{"related-website-set.json", "related-website-set"},
};

// JSON whose members say what it is, whatever its name.
std::optional<std::string_view> kind_of_json(std::string_view text) {
  const auto mentions = [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  };
  // Parsing costs: only what can be one of them.
  if (!mentions("\"disclosures\"") && !mentions("\"gpc\"") && !mentions("\"seller_id\"") &&
      !mentions("\"primary\""))
    return std::nullopt;
  const auto json = PlacedJson::parse(text, "");
  if (!json) return std::nullopt;
  const auto has = [&](std::string_view key) { return json->find(0, key) != PlacedJson::kNone; };
  const PlacedJson::Node disclosures = json->find(0, "disclosures");
  const std::vector<PlacedJson::Node> files = json->children(disclosures);
  if (json->is_array(disclosures) && (mentions("\"identifier\"") || has("domains")))
    return "iab-disclosure";
  if (json->is_object(disclosures) &&
      std::any_of(files.begin(), files.end(), [&](PlacedJson::Node file) {
        return json->is_array(json->find(file, "disclosures"));
      }))
    return "iab-disclosure";
  if (json->boolean(json->find(0, "gpc"))) return "gpc.json";
  if (json->is_array(json->find(0, "sellers"))) return "sellers.json";
  if (json->string(json->find(0, "primary")) &&
      (has("associatedSites") || has("serviceSites") || has("ccTLDs")))
    return "related-website-set";
  return std::nullopt;
}

// Text in place of bytes: what is no UTF-8 becomes U+FFFD.
std::string repaired(std::string_view bytes, std::size_t* replaced) {
  std::string out;
  while (true) {
    const std::size_t bad = find_invalid_utf8(bytes);
    out += bytes.substr(0, bad);
    if (bad == std::string_view::npos) return out;
    out += "\xEF\xBF\xBD";
    ++*replaced;
    bytes.remove_prefix(bad + 1);
  }
}

}  // namespace

std::optional<std::string_view> machine_kind_of(std::string_view url_or_name,
                                                std::string_view bytes) {
  if (bytes.size() > limits::kMachineFileBytes) return std::nullopt;
  const std::string_view text = trimmed(without_mark(bytes));
  if (text.empty() || text.front() == '<') return std::nullopt;
  const std::string name = file_name(url_or_name);
  const auto* const named =
      std::find_if(kNames.begin(), kNames.end(), [&](const Name& n) { return n.file == name; });
  if (named != kNames.end()) {
    const bool json = format_of(named->kind)->json;
    // What a file of words holds need not be looked at; JSON under such a name has to be an object.
    if (!json || text.front() == '{') return named->kind;
    return std::nullopt;
  }
  if (text.front() == '{') return kind_of_json(text);
  if (looks_like_p3p(text)) return "p3p";
  if (looks_like_ads_txt(text)) return "ads.txt";
  if (looks_like_dnt_policy(text)) return "dnt-policy";
  if (text.size() <= limits::kTcStringBytes && decode_tc_string(text)) return "tcf";
  return std::nullopt;
}

bool is_machine_kind(std::string_view kind) { return format_of(kind) != nullptr; }

Result<policy::Declaration> read_machine_file(std::string_view kind, std::string_view bytes,
                                              const policy::Source& source) {
  const Format* const format = format_of(kind);
  if (format == nullptr)
    return fail(Code::kUnsupported, "{}: no kind of machine-readable file", printable(kind));
  const std::string what = called(source, kind);
  if (bytes.size() > limits::kMachineFileBytes)
    return fail(Code::kTooLarge, "{}: {} bytes, above the cap of {} (limits::kMachineFileBytes)",
                what, bytes.size(), limits::kMachineFileBytes);
  bytes = without_mark(bytes);
  if (const std::size_t bad = find_invalid_utf8(bytes);
      bad != std::string_view::npos && format->json)
    return fail(Code::kMalformed, "{}: not UTF-8 at byte {}", what, bad);
  std::size_t replaced = 0;
  AFFIANT_TRY(policy::Declaration declaration, format->read(repaired(bytes, &replaced), source));
  if (replaced > 0)
    declaration.unread.push_back(what + ": " + std::to_string(replaced) +
                                 (replaced == 1 ? " byte" : " bytes") +
                                 " that are not UTF-8, read as unknown characters");
  return declaration;
}

}  // namespace affiant::machine
