// Short ways to put one request to one list.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "filters/filters.h"

namespace affiant::filters::test {

inline const site::SiteTable& sites() {
  static const site::SiteTable table = *site::SiteTable::built_in();
  return table;
}

struct Answer {
  bool matched = false, important = false;
  std::string rule, exception, list;  // Empty: none.
  std::uint32_t line = 0;
};

inline FilterList read(std::string_view text, std::string name = "list") {
  auto list = FilterList::parse(std::move(name), text);
  EXPECT_TRUE(list.has_value()) << list.error().message;
  return std::move(*list);
}

inline Engine engine(std::string_view text) {
  std::vector<FilterList> lists;
  lists.push_back(read(text));
  return std::move(*Engine::create(std::move(lists)));
}

inline Answer ask(const Engine& rules, std::string_view url, std::string_view type = "script",
                  std::string_view page = "https://page.example/",
                  std::string_view method = "GET") {
  const Page from(page, sites());
  const auto request = Request::create(url, from, type, sites(), method);
  EXPECT_TRUE(request.has_value()) << url;
  if (!request) return {};
  const Match match = rules.match(*request);
  Answer answer{match.matched, match.important, "", "", "", 0};
  if (match.rule) {
    answer.rule = match.rule->rule;
    answer.list = match.rule->list;
    answer.line = match.rule->line;
  }
  if (match.exception) answer.exception = match.exception->rule;
  return answer;
}

inline bool blocks(std::string_view text, std::string_view url, std::string_view type = "script",
                   std::string_view page = "https://page.example/",
                   std::string_view method = "GET") {
  return ask(engine(text), url, type, page, method).matched;
}

inline std::size_t skipped(const FilterList& list, Skip why) {
  return list.skipped()[static_cast<std::size_t>(why)].count;
}

}  // namespace affiant::filters::test
