#include "policy/declaration_json.h"

#include <string_view>

namespace affiant::policy {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}

Json source_json(const Source& s) {
  return {{"id", s.id},
          {"url", or_null(s.url)},
          {"kind", s.kind},
          {"language", or_null(s.language)},
          {"sha256", or_null(s.sha256)},
          {"captured_at", or_null(s.captured_at)}};
}

Json statement_json(const Statement& s) {
  return {{"id", s.id},
          {"type", s.type},
          {"polarity", s.polarity},
          {"modality", s.modality},
          {"subject", s.subject},
          {"parties", s.parties},
          {"data", s.data},
          {"purposes", s.purposes},
          {"scope", or_null(s.scope)},
          {"condition", or_null(s.condition)},
          {"exception", or_null(s.exception)},
          {"hedged", s.hedged},
          {"open_list", s.open_list},
          {"observable", s.observable},
          {"quote", s.quote},
          {"source", s.source},
          {"start", s.start},
          {"end", s.end}};
}

Json cookie_json(const DeclaredCookie& c) {
  return {{"pattern", c.pattern},
          {"provider", or_null(c.provider)},
          {"purpose", or_null(c.purpose)},
          {"category", c.category},
          {"lifetime_s", c.lifetime_s ? Json(*c.lifetime_s) : Json(nullptr)},
          {"session_cookie", c.session_cookie},
          {"storage", c.storage},
          {"source", c.source},
          {"quote", c.quote},
          {"start", c.start},
          {"end", c.end}};
}

}  // namespace

Json declaration_json(const Declaration& declaration) {
  Json sources = Json::array(), statements = Json::array(), cookies = Json::array();
  for (const Source& s : declaration.sources) sources.push_back(source_json(s));
  for (const Statement& s : declaration.statements) statements.push_back(statement_json(s));
  for (const DeclaredCookie& c : declaration.cookies) cookies.push_back(cookie_json(c));
  return {{"sources", std::move(sources)},
          {"statements", std::move(statements)},
          {"cookies", std::move(cookies)}};
}

}  // namespace affiant::policy
