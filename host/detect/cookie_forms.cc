#include "detect/cookie_forms.h"

#include <algorithm>
#include <cstring>

#include "base/bytes.h"
#include "base/digest.h"
#include "detect/identifier.h"
#include "detect/thresholds.h"

namespace affiant::detect {
namespace {

static_assert(kSharedTokenBytes >= sizeof(std::uint64_t), "a form is found by its first 8 bytes");

std::uint64_t start_of(const char* text) {
  std::uint64_t key = 0;
  std::memcpy(&key, text, sizeof key);
  return key;
}

std::size_t sketch_of(std::uint64_t key) {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 48U);
}

}  // namespace

std::string_view form_words(Form form) {
  switch (form) {
    case Form::kPlain:
      return "";
    case Form::kBase64:
      return ", as base64";
    case Form::kMd5:
      return ", as its MD5";
    case Form::kSha1:
      return ", as its SHA-1";
    case Form::kSha256:
      return ", as its SHA-256";
  }
  return "";
}

CookieForms::CookieForms(const Facts& facts, const site::SiteTable& sites) {
  sites_.resize(facts.cookies.size());
  for (std::size_t i = 0; i < facts.cookies.size(); ++i) {
    const CookieFact& cookie = facts.cookies[i];
    if (!cookie.story.value || !cookie.identifier_like) continue;
    sites_[i] = sites.registrable_domain(cookie.story.domain);
    std::vector<std::string> pieces;
    double bits = 0;
    for (std::string& token : identifying_tokens(*cookie.story.value, 0)) {
      const double carried = token_bits(token);
      bits += carried;
      if (token.size() >= kSharedTokenBytes && carried > kSharedTokenBits)
        pieces.push_back(std::move(token));
    }
    if (bits <= kSharedTokenBits) continue;
    if (cookie.story.value->size() >= kSharedTokenBytes) pieces.push_back(*cookie.story.value);
    std::sort(pieces.begin(), pieces.end());
    pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
    for (const std::string& piece : pieces) {
      add(piece, i, Form::kPlain);
      std::string base64 = base64_encode(as_bytes(piece));
      while (base64.ends_with('=')) base64.pop_back();
      std::string url_safe = base64url_encode(as_bytes(piece));
      if (url_safe != base64) add(std::move(url_safe), i, Form::kBase64);
      add(std::move(base64), i, Form::kBase64);
      add(hex_digest(Digest::kMd5, piece), i, Form::kMd5);
      add(hex_digest(Digest::kSha1, piece), i, Form::kSha1);
      add(hex_digest(Digest::kSha256, piece), i, Form::kSha256);
    }
  }
}

void CookieForms::add(std::string text, std::size_t cookie, Form form) {
  if (text.size() < kSharedTokenBytes) return;
  const std::uint64_t key = start_of(text.data());
  sketch_.set(sketch_of(key));
  by_start_.emplace(key, static_cast<std::uint32_t>(forms_.size()));
  forms_.push_back({std::move(text), cookie, form});
}

void CookieForms::find_in(std::string_view text, std::vector<Found>* out) const {
  for (std::size_t at = 0; at + sizeof(std::uint64_t) <= text.size(); ++at) {
    const std::uint64_t key = start_of(text.data() + at);
    if (!sketch_.test(sketch_of(key))) continue;
    const auto [first, last] = by_start_.equal_range(key);
    for (auto it = first; it != last; ++it) {
      const Entry& entry = forms_[it->second];
      if (text.substr(at, entry.text.size()) == entry.text)
        out->push_back({entry.cookie, entry.form});
    }
  }
}

std::vector<CookieForms::Found> CookieForms::find(std::string_view text) const {
  std::vector<Found> out;
  if (forms_.empty()) return out;
  find_in(text, &out);
  if (text.find('%') != std::string_view::npos) find_in(percent_decoded(text), &out);
  std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) {
    return a.cookie != b.cookie ? a.cookie < b.cookie : a.form < b.form;
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Found& a, const Found& b) { return a.cookie == b.cookie; }),
            out.end());
  return out;
}

}  // namespace affiant::detect
