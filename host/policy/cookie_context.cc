#include "policy/cookie_context.h"

#include "policy/cookie_words.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLabelBytes = 140;  // A longer paragraph above a table is no label of it.
constexpr std::size_t kTitleBytes = 60;   // A paragraph as short as a heading counts like one.
constexpr std::size_t kLookedAt = 400;    // Of a paragraph, for whether it speaks of cookies.
constexpr int kNear = 4;                  // Blocks.
constexpr int kUntilHeading = 1'000'000;

}  // namespace

CookieContext::CookieContext(const Document& document)
    : document_(document), title_(says_cookie(document.title)) {}

void CookieContext::pass(const Block& block) {
  const std::string_view text = document_.of(block);
  if (block.kind == BlockKind::kCell || text.empty()) return;
  if (block.kind == BlockKind::kHeading) {
    while (!headings_.empty() && headings_.back().level >= block.level) headings_.pop_back();
    headings_.push_back({block.level, text.size() <= kLabelBytes ? category_of(text) : "",
                         says_cookie(cut(text, kLookedAt))});
    label_left_ = cookie_left_ = 0;
    said_ = false;
    return;
  }
  if (cookie_left_ > 0) --cookie_left_;
  if (label_left_ > 0 && label_left_ <= kNear) --label_left_;
  const bool cookie = says_cookie(cut(text, kLookedAt));
  if (cookie) cookie_left_ = kNear;
  said_ = said_ || cookie;
  if (block.kind == BlockKind::kItem || text.size() > kLabelBytes ||
      text.find('\n') != std::string_view::npos)
    return;
  const bool title = text.size() <= kTitleBytes && text.find_first_of(".:;") == std::string::npos;
  // "Zebra Analytics (_z): these cookies ..." says what it says of its own.
  const bool lead = cookie && (text.size() <= kTitleBytes || text.find(": ") == std::string::npos);
  if (categories_in(text) != 1 || !(title || lead)) return;
  label_ = category_of(text);
  label_left_ = title ? kUntilHeading : kNear + 1;
}

Surroundings CookieContext::here() const {
  Surroundings out;
  out.about_cookies = title_ || cookie_left_ > 0;
  if (label_left_ > 0) out.category = label_;
  for (std::size_t i = headings_.size(); i-- > 0;) {
    out.about_cookies = out.about_cookies || headings_[i].cookie;
    const bool counts = headings_[i].level > 1 || i + 1 == headings_.size();
    if (out.category.empty() && counts) out.category = headings_[i].category;
  }
  out.said_before = out.about_cookies || said_;
  return out;
}

}  // namespace affiant::policy
