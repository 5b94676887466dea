// Whatever the list and the request: what is found stands in the list on the line named, is found
// again, is found by that line alone too, and an exception never stands without a rule.
//
// Input: url, page and type, a line each, then the list.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "filters/filters.h"

namespace {

using namespace affiant;
using filters::Engine;
using filters::FilterList;

const site::SiteTable& sites() {
  static const site::SiteTable table = *site::SiteTable::built_in();
  return table;
}

std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  return line;
}

std::string_view line_of(std::string_view text, std::uint32_t number) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  std::string_view line;
  for (std::uint32_t i = 0; i < number; ++i) {
    const std::size_t end = text.find_first_of("\r\n");
    line = text.substr(0, end);
    const std::size_t mark = end == std::string_view::npos   ? 0
                             : text.substr(end, 2) == "\r\n" ? 2
                                                             : 1;
    text.remove_prefix(std::min(line.size() + mark, text.size()));
  }
  return line;
}

bool same(const filters::Match& a, const filters::Match& b) {
  const auto line = [](const std::optional<filters::Hit>& hit) { return hit ? hit->line : 0; };
  return a.matched == b.matched && line(a.rule) == line(b.rule) &&
         line(a.exception) == line(b.exception);
}

bool found_alone(std::string_view rule, const filters::Request& request, bool exception) {
  for (const std::string_view header : {"", "[Adblock Plus 2.0]\n"}) {
    std::string text(header);
    text += rule;
    if (exception) text += "\n|http\n|ws\n";
    std::vector<FilterList> lists;
    lists.push_back(*FilterList::parse("one", text));
    const Engine one = *Engine::create(std::move(lists));
    const filters::Match match = one.match(request);
    if (exception ? match.exception.has_value() : match.rule.has_value()) return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view url = take_line(text);
  const std::string_view page_url = take_line(text);
  const std::string_view type = take_line(text);
  std::vector<FilterList> lists;
  for (int i = 0; i < 2; ++i) {
    auto list = FilterList::parse("list", text);
    if (!list) {
      if (list.error().message.empty()) std::abort();
      return 0;
    }
    if (list->exceptions() > list->rules()) std::abort();
    lists.push_back(std::move(*list));
  }
  std::vector<FilterList> second;
  second.push_back(std::move(lists.back()));
  lists.pop_back();
  const Engine engine = *Engine::create(std::move(lists));
  const Engine again = *Engine::create(std::move(second));
  const filters::Page page(page_url, sites());
  const auto request = filters::Request::create(url, page, type, sites());
  if (!request) return 0;
  const filters::Match match = engine.match(*request);
  if (!same(match, again.match(*request))) std::abort();
  if (match.matched != (match.rule && !match.exception)) std::abort();
  if (match.exception && (!match.rule || match.important)) std::abort();
  for (const auto& hit : {match.rule, match.exception}) {
    if (!hit) continue;
    if (line_of(text, hit->line).find(hit->rule) == std::string_view::npos) std::abort();
    if (!found_alone(hit->rule, *request, hit->rule.substr(0, 2) == "@@")) std::abort();
  }
  return 0;
}
