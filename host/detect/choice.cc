#include "detect/choice.h"

#include <algorithm>
#include <vector>

namespace affiant::detect {
namespace {

using observe::Leaf;
using observe::Observations;

// Core segment of a TC string: PurposesConsent are 24 bits from bit 152 on.
constexpr std::size_t kPurposesBit = 152;
constexpr std::size_t kPurposes = 24;
constexpr std::size_t kBitsACharacter = 6;
constexpr unsigned kTcfVersion = 2;

std::optional<unsigned> base64url_value(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return std::nullopt;
}

// The session that was under way: that of the last page begun before.
std::uint64_t session_at(const Observations& seen, Leaf entry) {
  const observe::Page* last = nullptr;
  for (const observe::Page& page : seen.pages) {
    if (page.entries.empty() || page.entries.front() > entry) continue;
    if (last == nullptr || page.entries.front() > last->entries.front()) last = &page;
  }
  return last == nullptr ? 0 : last->session;
}

std::int64_t last_event_ms(const Observations& seen, std::uint64_t session, Leaf before) {
  std::int64_t at_ms = 0;
  const auto take = [&](std::uint64_t of, Leaf entry, std::int64_t time_ms) {
    if (of == session && entry <= before) at_ms = std::max(at_ms, time_ms);
  };
  for (const auto& r : seen.requests) take(r.place.session, r.entry, r.place.time_ms);
  for (const auto& a : seen.attempts) take(a.place.session, a.entry, a.place.time_ms);
  for (const auto& c : seen.consent) take(c.place.session, c.entry, c.place.time_ms);
  for (const auto& c : seen.changes) take(c.session, c.entry, c.time_ms);
  return at_ms;
}

}  // namespace

std::optional<bool> consents_to_any_purpose(std::string_view tc_string) {
  const std::string_view core = tc_string.substr(0, tc_string.find('.'));
  if (core.size() * kBitsACharacter < kPurposesBit + kPurposes) return std::nullopt;
  if (base64url_value(core.front()) != kTcfVersion) return std::nullopt;
  bool any = false;
  for (std::size_t bit = kPurposesBit; bit < kPurposesBit + kPurposes; ++bit) {
    const auto value = base64url_value(core[bit / kBitsACharacter]);
    if (!value) return std::nullopt;
    any = any || ((*value >> (kBitsACharacter - 1 - bit % kBitsACharacter)) & 1U) != 0;
  }
  return any;
}

Choices::Choices(const Observations& seen) {
  std::map<std::uint64_t, std::string> phases;
  for (const observe::Session& s : seen.sessions)
    if (s.phase == "reject" || s.phase == "accept") phases[s.id] = s.phase;
  if (phases.empty()) return;
  // Of each session, in the order of entries: whether an entry shows the choice, or the opposite.
  std::map<std::uint64_t, std::map<Leaf, bool>> shown;
  for (const auto& [leaf, note] : seen.notes) {
    for (const std::string_view code : {kChoiceNote, kChoiceFailedNote}) {
      const std::string start = std::string(code) + ": ";
      if (!note.starts_with(start)) continue;
      const auto phase = phases.find(session_at(seen, leaf));
      if (phase == phases.end()) continue;
      const std::string_view words = std::string_view(note).substr(start.size());
      if (!words.starts_with(phase->second)) continue;
      told_[phase->first] = {leaf, std::string(words)};
      if (code == kChoiceNote) shown[phase->first][leaf] = true;
    }
  }
  for (const observe::ConsentState& c : seen.consent) {
    const auto phase = phases.find(c.place.session);
    if (phase == phases.end() || c.source != "tcf" || !c.value) continue;
    const auto consents = consents_to_any_purpose(*c.value);
    if (!consents) continue;
    const bool fits = *consents == (phase->second == "accept");
    if (!fits || c.status == "useractioncomplete") shown[phase->first][c.entry] = fits;
  }
  for (const auto& [session, entries] : shown) {
    const auto last_against = std::find_if(entries.rbegin(), entries.rend(),
                                           [](const auto& entry) { return !entry.second; });
    // What was said before the click is no word to the contrary.
    const Leaf from = last_against == entries.rend() ? 0 : last_against->first;
    for (const auto& [leaf, fits] : entries) {
      if (!fits || leaf < from) continue;
      made_[session] = {phases[session], leaf, last_event_ms(seen, session, leaf)};
      break;
    }
  }
  for (const observe::Page& page : seen.pages) {
    const auto made = made_.find(page.session);
    if (made == made_.end() || page.entries.empty() || page.entries.front() < made->second.entry)
      continue;
    const auto [at, fresh] = next_page_.try_emplace(page.session, page.entries.front());
    if (!fresh) at->second = std::min(at->second, page.entries.front());
  }
}

const Choice* Choices::of(std::uint64_t session) const {
  const auto found = made_.find(session);
  return found == made_.end() ? nullptr : &found->second;
}

const std::pair<Leaf, std::string>* Choices::told(std::uint64_t session) const {
  const auto found = told_.find(session);
  return found == told_.end() ? nullptr : &found->second;
}

bool Choices::after(std::uint64_t session, Leaf entry) const {
  const Choice* choice = of(session);
  return choice != nullptr && entry > choice->entry;
}

bool Choices::settled(std::uint64_t session, Leaf entry, std::int64_t at_ms) const {
  if (!after(session, entry)) return false;
  const auto page = next_page_.find(session);
  return (page != next_page_.end() && entry > page->second) ||
         at_ms - of(session)->at_ms >= kChoiceSettlesMs;
}

}  // namespace affiant::detect
