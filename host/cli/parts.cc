#include "cli/parts.h"

#include <optional>

#include "base/bytes.h"
#include "base/limits.h"
#include "evidence/decimal.h"
#include "observe/vocabulary.h"

namespace affiant::cli {
namespace {

std::vector<std::string> split(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const std::string& word : words)
    for (std::size_t at = 0; at <= word.size();) {
      const std::size_t end = std::min(word.find(',', at), word.size());
      out.push_back(word.substr(at, end - at));
      at = end + 1;
    }
  return out;
}

}  // namespace

Result<std::set<std::string>> parse_fields(const std::vector<std::string>& words) {
  std::set<std::string> out;
  for (const std::string& word : split(words)) {
    if (word != "values" && word != "urls" && word != "ips")
      return fail(Code::kUsage, "\"{}\" is none of values, urls, ips", printable(word));
    out.insert(word);
  }
  return out;
}

std::function<bool(std::string_view)> takes_field(const std::set<std::string>& fields) {
  return [fields](std::string_view name) {
    switch (observe::sensitive_class(name)) {
      case observe::Sensitive::kValue:
        return fields.contains("values");
      case observe::Sensitive::kIp:
        return fields.contains("ips");
      case observe::Sensitive::kUrl:
        break;
    }
    return fields.contains("urls");
  };
}

Result<std::set<std::uint64_t>> parse_rows(const std::vector<std::string>& words) {
  std::set<std::uint64_t> out;
  for (const std::string& word : split(words)) {
    const std::size_t dash = word.find('-');
    const auto first = evidence::parse_decimal(std::string_view(word).substr(0, dash));
    const auto last = dash == std::string::npos
                          ? first
                          : evidence::parse_decimal(std::string_view(word).substr(dash + 1));
    if (!first || !last || *last < *first)
      return fail(Code::kUsage,
                  "\"{}\" is not an entry's number (its leaf index), nor a range like 3-9",
                  printable(word));
    if (*last - *first >= limits::kRowsNamed - out.size())
      return fail(Code::kUsage, "\"{}\": at most kRowsNamed ({}) rows can be named",
                  printable(word), limits::kRowsNamed);
    for (std::uint64_t row = *first; row <= *last; ++row) out.insert(row);
  }
  return out;
}

}  // namespace affiant::cli
