#include "machine/reading.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"

namespace affiant::machine {
namespace {

constexpr std::string_view kWhite = " \t\r\n\f\v";

bool is_label_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || byte >= 0x80;
}

}  // namespace

Reading::Reading(std::string_view kind, std::string text, const policy::Source& source) {
  declaration_.sources.push_back(source);
  policy::Source& own = declaration_.sources.front();
  own.kind = kind;
  own.text = std::move(text);
}

policy::Statement* Reading::state(std::string type, Span span) {
  if (declaration_.statements.size() >= limits::kMachineStatements) {
    ++statements_left_out_;
    return nullptr;
  }
  policy::Statement& s = declaration_.statements.emplace_back();
  s.type = std::move(type);
  s.source = declaration_.sources.front().id;
  s.start = span.start;
  s.end = span.end;
  s.quote = of(span);
  return &s;
}

policy::DeclaredCookie* Reading::declare(std::string pattern, Span span) {
  if (declaration_.cookies.size() >= limits::kMachineRows) {
    ++rows_left_out_;
    return nullptr;
  }
  policy::DeclaredCookie& c = declaration_.cookies.emplace_back();
  c.pattern = std::move(pattern);
  c.source = declaration_.sources.front().id;
  c.start = span.start;
  c.end = span.end;
  c.quote = of(span);
  return &c;
}

void Reading::cannot_read(std::string what, std::string_view where) {
  auto fault = std::find_if(faults_.begin(), faults_.end(),
                            [&](const auto& known) { return known.first == what; });
  if (fault == faults_.end()) fault = faults_.emplace(faults_.end(), what, 0);
  if (++fault->second <= kUnreadNamed)
    declaration_.unread.push_back(printable(where) + ": " + what);
}

policy::Declaration Reading::finish() && {
  const std::string name = called(declaration_.sources.front(), declaration_.sources.front().kind);
  for (const auto& [what, times] : faults_) {
    if (times > kUnreadNamed)
      declaration_.unread.push_back(name + ": " + std::to_string(times - kUnreadNamed) +
                                    " more of: " + what);
  }
  if (statements_left_out_ > 0)
    declaration_.unread.push_back(name + ": " + std::to_string(statements_left_out_) +
                                  " statements beyond the first " +
                                  std::to_string(limits::kMachineStatements));
  if (rows_left_out_ > 0)
    declaration_.unread.push_back(name + ": " + std::to_string(rows_left_out_) +
                                  " rows beyond the first " + std::to_string(limits::kMachineRows));
  std::size_t number = 0;
  for (policy::Statement& s : declaration_.statements) {
    s.id = "S" + std::to_string(++number);
    if (s.observable == "no") ++declaration_.not_observable;
  }
  return std::move(declaration_);
}

std::string called(const policy::Source& source, std::string_view kind) {
  if (!source.url.empty()) return printable(source.url);
  return source.called.empty() ? std::string(kind) : printable(source.called);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhite);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

bool is_host_name(std::string_view text) {
  if (text.empty() || text.size() > kNamedBytes) return false;
  std::size_t labels = 0, label = 0;
  for (const char c : text) {
    if (c == '.') {
      if (label == 0) return false;
      ++labels;
      label = 0;
    } else if (is_label_byte(c)) {
      ++label;
    } else {
      return false;
    }
  }
  // An address in figures names no partner.
  const std::string_view last = text.substr(text.rfind('.') + 1);
  const bool figures =
      std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
  return labels >= 1 && label >= 2 && !figures;
}

}  // namespace affiant::machine
