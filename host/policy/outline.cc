#include "policy/outline.h"

#include <algorithm>

#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLeadInBytes = 1'500;  // A quotation longer than this helps nobody.
constexpr std::size_t kFragmentWords = 6;    // Fewer, and without a full stop: a label.

bool has_tag_at_start(const std::vector<Hit>& hits, std::initializer_list<Tag> tags) {
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
    return h.first == 0 && std::find(tags.begin(), tags.end(), h.tag) != tags.end();
  });
}

std::size_t words_in(const std::vector<Token>& tokens) {
  return static_cast<std::size_t>(
      std::count_if(tokens.begin(), tokens.end(), [](const Token& t) { return !t.punctuation; }));
}

bool ends_with(std::string_view text, std::size_t end, std::string_view signs) {
  return end > 0 && signs.find(text[end - 1]) != std::string_view::npos;
}

bool is_terminated(std::string_view text, std::size_t start, std::size_t end) {
  while (end > start &&
         (ends_with(text, end, "\"')]") || static_cast<unsigned char>(text[end - 1]) >= 0x80))
    --end;
  return ends_with(text, end, ".!?:;");
}

class Outliner {
 public:
  Outliner(const Document& document, const std::set<int>& tables, const Lexicon& lexicon)
      : document_(document), tables_(tables), lexicon_(lexicon) {}

  Outline run() {
    bool heading_seen = false;
    for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
      const Block& block = document_.blocks[i];
      heading_seen = heading_seen || block.kind == BlockKind::kHeading;
      // What is quoted ahead of everything speaks about the text and is no part of it.
      if (block.quoted && !heading_seen) continue;
      if (block.spanned || (block.kind == BlockKind::kCell && tables_.contains(block.table)))
        continue;
      if (block.kind == BlockKind::kHeading) {
        heading(i);
      } else if (block.kind == BlockKind::kItem && lead_unit_ != Sentence::npos) {
        item_of_list(i);
      } else {
        prose(i);
      }
    }
    drop_disguised();
    return std::move(out_);
  }

 private:
  // A "nоt" with a foreign letter in it is no "not" to the rules, and turns its sentence round. Of
  // such a block nothing is read: what it says next may take back what it says first.
  void drop_disguised() {
    std::set<std::size_t> blocks;
    for (const Sentence& s : out_.sentences) {
      std::size_t at = 0;
      const std::string_view text =
          std::string_view(document_.text).substr(s.start, s.end - s.start);
      if (!next_disguised_word(text, &at).empty()) blocks.insert(s.block);
    }
    if (blocks.empty()) return;
    std::erase_if(out_.sentences, [&](const Sentence& s) { return blocks.contains(s.block); });
  }

  std::size_t new_unit(std::size_t start, std::size_t end) {
    out_.units.push_back({start, end});
    return out_.units.size() - 1;
  }

  void add(std::size_t start, std::size_t end, std::size_t unit, std::size_t block, bool heading) {
    Sentence s;
    s.start = start;
    s.end = end;
    s.unit = unit;
    s.heading = heading_;
    s.block = block;
    s.is_heading = heading;
    s.first_of_block = out_.sentences.empty() || out_.sentences.back().block != block;
    out_.sentences.push_back(s);
  }

  // A heading says something by itself when it is a whole sentence, or a question that yes or no
  // answers: its words are then needed to understand the answer.
  void heading(std::size_t index) {
    const Block& block = document_.blocks[index];
    lead_unit_ = Sentence::npos;
    const std::string_view text = document_.text;
    const std::vector<Token> tokens = tokenize(text, block.start, block.end);
    const bool question = ends_with(text, block.end, "?");
    const std::vector<Hit> hits = lexicon_.find(tokens);
    const bool asks =
        question && has_tag_at_start(hits, {Tag::kBe, Tag::kDo, Tag::kMay, Tag::kWill});
    const bool ended = ends_with(text, block.end, ".");
    // "We don't track you."
    const bool of_us = has_tag_at_start(hits, {Tag::kWe});
    const bool states = (ended && (words_in(tokens) >= kFragmentWords || of_us)) ||
                        (!question && denies_for_us(tokens, hits));
    if (asks || states || is_name(tokens, hits))
      add(block.start, block.end, new_unit(block.start, block.end), index, true);
    heading_ = index;
  }

  // "4.2 Google Analytics": a heading that is a name and nothing else.
  static bool is_name(const std::vector<Token>& tokens, const std::vector<Hit>& hits) {
    std::size_t first = 0;
    while (first < tokens.size() && (tokens[first].punctuation || (tokens[first].word[0] >= '0' &&
                                                                   tokens[first].word[0] <= '9')))
      ++first;
    return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
      return h.tag == Tag::kVendor && h.first == first && h.last == tokens.size();
    });
  }

  // "We do not use cookies", "This website uses no trackers", without a full stop.
  static bool denies_for_us(const std::vector<Token>& tokens, const std::vector<Hit>& hits) {
    const auto has = [&](Tag tag, std::size_t first) {
      return std::any_of(hits.begin(), hits.end(),
                         [&](const Hit& h) { return h.tag == tag && h.first <= first; });
    };
    const bool us = has_tag_at_start(hits, {Tag::kWe}) ||
                    (has(Tag::kSite, 1) && one_of(tokens[0].word, {"this", "our", "the"}));
    return us && (has(Tag::kNot, 5) || has(Tag::kNo, 5)) && words_in(tokens) >= 4;
  }

  bool is_label(std::size_t start, std::size_t end, const std::vector<Token>& tokens) const {
    if (words_in(tokens) >= kFragmentWords || is_terminated(document_.text, start, end))
      return false;
    return !has_tag_at_start(lexicon_.find(tokens), {Tag::kYes, Tag::kNope, Tag::kWe});
  }

  void prose(std::size_t index) {
    const Block& block = document_.blocks[index];
    lead_unit_ = Sentence::npos;
    const std::vector<Span> spans =
        split_sentences(document_.text, block.start, block.end, &lexicon_);
    const bool introduces = ends_with(document_.text, block.end, ":") && list_follows(index);
    std::size_t shared = Sentence::npos;
    const std::size_t before = out_.sentences.size();
    if (introduces) shared = lead_unit_ = new_unit(block.start, block.end);
    for (const Span& span : spans) {
      const std::vector<Token> tokens = tokenize(document_.text, span.start, span.end);
      if (words_in(tokens) == 0) continue;
      const bool label = !introduces && is_label(span.start, span.end, tokens);
      // A label is read (it may name a category) but is no unit of its own.
      const std::size_t unit = introduces ? shared
                               : label    ? Sentence::npos
                                          : new_unit(span.start, span.end);
      add(span.start, span.end, unit, index, false);
    }
    lead_sentence_ = out_.sentences.size() - 1;
    // A colon alone introduces nothing.
    if (out_.sentences.size() == before) lead_unit_ = Sentence::npos;
  }

  // "You can opt out at ...": advice of its own, no part of what introduces the list.
  bool advises(const Span& item) const {
    const std::vector<Token> tokens = tokenize(document_.text, item.start, item.end);
    const std::vector<Hit> hits = lexicon_.find(tokens);
    return tokens.size() > 1 && tokens[0].capital && has_tag_at_start(hits, {Tag::kYou}) &&
           std::any_of(hits.begin(), hits.end(),
                       [](const Hit& h) { return h.tag == Tag::kOptout; });
  }

  bool list_follows(std::size_t index) const {
    return index + 1 < document_.blocks.size() &&
           document_.blocks[index + 1].kind == BlockKind::kItem;
  }

  void item_of_list(std::size_t index) {
    const Block& block = document_.blocks[index];
    const std::vector<Span> spans =
        split_sentences(document_.text, block.start, block.end, &lexicon_);
    if (spans.empty()) return;
    Sentence& lead = out_.sentences[lead_sentence_];
    const bool adjoins = lead_sentence_ + 1 == out_.sentences.size();
    if (spans.size() == 1 && adjoins && !advises(spans.front()) &&
        block.end - lead.start <= kLeadInBytes) {
      lead.end = out_.units[lead.unit].end = block.end;
      return;
    }
    out_.units[lead_unit_].end = block.end;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const std::size_t unit = i == 0 ? lead_unit_ : new_unit(spans[i].start, spans[i].end);
      add(spans[i].start, spans[i].end, unit, index, false);
    }
  }

  const Document& document_;
  const std::set<int>& tables_;
  const Lexicon& lexicon_;
  Outline out_;
  std::size_t heading_ = Sentence::npos;
  std::size_t lead_unit_ = Sentence::npos, lead_sentence_ = 0;
};

}  // namespace

Outline outline_of(const Document& document, const std::set<int>& cookie_tables,
                   const Lexicon& lexicon) {
  return Outliner(document, cookie_tables, lexicon).run();
}

}  // namespace affiant::policy
