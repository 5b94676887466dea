// Hosts that stand for somebody else's (CNAME): AdGuard's pairs in JSON, and what comments of
// filter lists say of the rules below them.
#include <algorithm>

#include "knowledge/layers/reading.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

// "! *** easylist:easyprivacy/easyprivacy_specific_cname_at-internet.txt ***" -> "at internet".
std::string vendor_of_section(std::string_view heading) {
  constexpr std::string_view kMark = "_cname_", kEnd = ".txt";
  const std::size_t at = heading.find(kMark);
  if (at == std::string_view::npos) return {};
  heading.remove_prefix(at + kMark.size());
  const std::size_t end = heading.find(kEnd);
  if (end == std::string_view::npos) return {};
  std::string name(heading.substr(0, end));
  std::replace(name.begin(), name.end(), '-', ' ');
  return name;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r!";
  const std::size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

// What stands over the rules at hand; neither: they are ordinary rules.
struct Section {
  std::string vendor, target;

  void comment(std::string_view line) {
    constexpr std::string_view kCompany = "Company name:", kDisguised = " disguised trackers";
    const std::string_view said = trimmed(line);
    if (said.starts_with("***")) {
      *this = {vendor_of_section(said), ""};
    } else if (said.starts_with(kCompany)) {
      *this = {std::string(trimmed(said.substr(kCompany.size()))), ""};
    } else if (said.ends_with(kDisguised)) {
      target = said.substr(0, said.size() - kDisguised.size());
    }
  }
};

// "||host^" with any options; an exception is none.
std::string_view host_of_rule(std::string_view line) {
  if (!line.starts_with("||")) return {};
  line.remove_prefix(2);
  const std::size_t end = line.find('^');
  if (end == std::string_view::npos) return {};
  const std::string_view rest = trimmed(line.substr(end + 1));
  return rest.empty() || rest.starts_with('$') ? line.substr(0, end) : std::string_view();
}

}  // namespace

bool is_alias_pairs(const json::Value& value) {
  return value.is_object() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const json::Value& target) {
           return target.is_string() &&
                  target.get_ref<const std::string&>().find('.') != std::string::npos;
         });
}

void read_alias_pairs(const json::Value& value, LayerReading* reading) {
  for (const auto& [host, target] : value.items())
    reading->add_alias({host, target.get<std::string>(), ""}, host);
}

Layer read_alias_sections(std::string_view text, const Provenance& of_list) {
  LayerReading reading(LayerKind::kAliasSections, of_list.licence);
  Section section;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with('!')) {
      section.comment(line.substr(0, kLayerNameBytes));
    } else if (!section.vendor.empty() || !section.target.empty()) {
      if (const std::string_view host = host_of_rule(line); !host.empty())
        reading.add_alias({std::string(host), section.target, section.vendor},
                          fmt::format("line {}", number));
    }
  }
  auto layer = std::move(reading).finish("", "");
  if (!layer) return {LayerKind::kAliasSections, of_list, {}, {}, {}, {}};
  layer->provenance = of_list;
  return std::move(*layer);
}

}  // namespace affiant::knowledge
