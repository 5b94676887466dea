#include "unit/findings/declare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

namespace affiant::test {

policy::Statement& Said::statement(const std::string& type, const std::string& polarity,
                                   const std::string& quote) {
  policy::Statement s;
  s.id = "S" + std::to_string(declaration.statements.size() + 1);
  s.type = type;
  s.polarity = polarity;
  s.quote = quote;
  s.observable = "yes";
  declaration.statements.push_back(s);
  return declaration.statements.back();
}

policy::DeclaredCookie& Said::cookie(const std::string& pattern, std::int64_t lifetime_s,
                                     const std::string& provider) {
  policy::DeclaredCookie c;
  c.pattern = pattern;
  c.provider = provider;
  if (lifetime_s >= 0) c.lifetime_s = lifetime_s;
  c.quote = pattern + " row";
  declaration.cookies.push_back(c);
  return declaration.cookies.back();
}

std::vector<findings::Finding> compare(const Said& said, World world) {
  const detect::Facts facts = detect::detect(std::move(world.seen), sites());
  return findings::compare(said.declaration, facts, sites());
}

std::vector<findings::Finding> of(const std::vector<findings::Finding>& all,
                                  std::string_view rule) {
  std::vector<findings::Finding> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out),
               [&](const findings::Finding& f) { return f.rule == rule; });
  return out;
}

std::string lines(const std::vector<findings::Finding>& all) {
  std::string out;
  for (const findings::Finding& f : all)
    out += f.id + " " + std::string(findings::strength_name(f.strength)) + " " + f.title +
           "\n    " + f.explanation + "\n";
  return out;
}

findings::Strength strength_of_only(const std::vector<findings::Finding>& all,
                                    std::string_view rule) {
  const auto found = of(all, rule);
  EXPECT_EQ(found.size(), 1U) << lines(all);
  return found.empty() ? findings::Strength::kNote : found[0].strength;
}

World analytics_site() {
  World w;
  w.request("www.google-analytics.com");
  w.cookie({.name = "_ga",
            .host = "shop.example",
            .value = "GA1.2.1033501218.1790000000",
            .script_host = "www.google-analytics.com",
            .domain = "shop.example"});
  return w;
}

World with_cookie(const std::string& name, std::int64_t max_age_s) {
  World w;
  w.cookie({.name = name, .host = "shop.example", .max_age_s = max_age_s});
  return w;
}

}  // namespace affiant::test
