#include "report/html_parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "detect/choice.h"

namespace affiant::report {
namespace {

std::string_view kind_word(policy::BlockKind kind) {
  switch (kind) {
    case policy::BlockKind::kHeading:
      return "heading";
    case policy::BlockKind::kItem:
      return "item";
    case policy::BlockKind::kCell:
      return "cell";
    case policy::BlockKind::kParagraph:
      break;
  }
  return "paragraph";
}

Json block_json(const policy::Source& source, const policy::Block& block) {
  Json out = {{"kind", kind_word(block.kind)},
              {"at", block.start},
              {"text", source.text.substr(block.start, block.end - block.start)}};
  if (block.level > 0) out["level"] = block.level;
  if (block.hidden) out["hidden"] = true;
  if (block.kind == policy::BlockKind::kCell) {
    out["table"] = block.table;
    out["row"] = block.row;
    out["header"] = block.header;
  }
  return out;
}

// The lines of a text of which nothing more is known.
std::vector<policy::Block> lines_of(const std::string& text) {
  std::vector<policy::Block> out;
  for (std::size_t at = 0; at < text.size();) {
    policy::Block block;
    block.start = at;
    block.end = std::min(text.find('\n', at), text.size());
    at = block.end + 1;
    if (block.end > block.start) out.push_back(std::move(block));
  }
  return out;
}

// Spans are of the text: a file for machines has some too, and no blocks.
std::set<int> quoted_sources(const policy::Declaration& declaration) {
  std::set<int> out;
  for (const policy::Statement& s : declaration.statements)
    if (s.end > s.start) out.insert(s.source);
  for (const policy::DeclaredCookie& c : declaration.cookies)
    if (c.end > c.start) out.insert(c.source);
  return out;
}

// What the visit did, with the entries that show it.
Json marks_json(const observe::Observations& seen) {
  Json out = Json::array();
  for (const observe::Page& page : seen.pages)
    if (!page.entries.empty())
      out.push_back({{"entry", page.entries.front()},
                     {"kind", "page"},
                     {"session", page.session},
                     {"result", page.result},
                     {"text", page.url.value_or(page.host)}});
  const detect::Choices choices(seen);
  for (const observe::Session& session : seen.sessions)
    if (const detect::Choice* made = choices.of(session.id))
      out.push_back({{"entry", made->entry},
                     {"kind", "choice"},
                     {"session", session.id},
                     {"result", ""},
                     {"text", made->choice}});
  return out;
}

}  // namespace

Json texts_json(const Report& report) {
  const std::set<int> quoted = quoted_sources(report.declaration);
  Json out = Json::array();
  for (const policy::Source& source : report.declaration.sources) {
    if (source.text.empty() || !quoted.contains(source.id)) continue;
    const auto outline = report.log.outlines.find(source.id);
    Json blocks = Json::array();
    for (const policy::Block& block :
         outline == report.log.outlines.end() || outline->second.empty() ? lines_of(source.text)
                                                                         : outline->second)
      if (!block.spanned) blocks.push_back(block_json(source, block));
    out.push_back({{"source", source.id}, {"blocks", std::move(blocks)}});
  }
  return out;
}

Json proofs_json(const Report& report) {
  const LogExcerpt& log = report.log;
  if (log.checkpoint.empty()) return nullptr;
  // Paths share most of their hashes: each stands once.
  std::map<std::string_view, std::size_t> places;
  Json hashes = Json::array(), entries = Json::array(), times = Json::array();
  for (const ExcerptEntry& entry : log.entries) {
    Json path = Json::array();
    for (const std::string& hash : entry.path) {
      const auto [place, added] = places.try_emplace(hash, places.size());
      if (added) hashes.push_back(hash);
      path.push_back(place->second);
    }
    entries.push_back(
        {{"i", entry.index}, {"line", entry.line}, {"d", entry.disclosures}, {"path", path}});
  }
  // Differences, since most are small.
  std::int64_t before = 0;
  for (const std::int64_t time : log.times_ms) {
    times.push_back(time - before);
    before = time;
  }
  Json sessions = Json::array();
  for (const std::uint64_t session : log.sessions) {
    if (sessions.empty() || sessions.back()[0] != session)
      sessions.push_back({session, 1});
    else
      sessions.back()[1] = sessions.back()[1].get<std::uint64_t>() + 1;
  }
  return {{"checkpoint", log.checkpoint},    {"key", log.verifier_key},
          {"hashes", std::move(hashes)},     {"entries", std::move(entries)},
          {"left_out", log.left_out},        {"times", std::move(times)},
          {"sessions", std::move(sessions)}, {"marks", marks_json(report.facts.seen)}};
}

}  // namespace affiant::report
