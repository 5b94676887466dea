// Readers: HTML, Markdown, plain text, captured blocks. Spans are exact, hostile input is cheap.
#include "policy/document.h"

#include <sys/resource.h>

#include <chrono>

#include "base/limits.h"
#include "read.h"

namespace affiant::policy {
namespace {

using test::document;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// "h2 Title", "p Text", "i1 Item", "c0,1 Cell": kind, level or place, text.
std::vector<std::string> outline(const Document& d) {
  std::vector<std::string> out;
  for (const Block& b : d.blocks) {
    std::string head = "p";
    if (b.kind == BlockKind::kHeading) head = "h" + std::to_string(b.level);
    if (b.kind == BlockKind::kItem) head = "i" + std::to_string(b.level);
    if (b.kind == BlockKind::kCell)
      head = "c" + std::to_string(b.row) + "," + std::to_string(b.column) + (b.spanned ? "'" : "");
    out.push_back(head + " " + std::string(d.of(b)) + (b.hidden ? " (hidden)" : ""));
  }
  return out;
}

TEST(Html, BlocksListsAndHeadingsComeInOrder) {
  const Document d = document(
      "<!doctype html><html lang=en><head><title>Privacy</title><style>p{}</style></head><body>"
      "<h1>Privacy</h1><p>One\n  "
      "two&nbsp;<b>three</b>.<br>Four.</p><ul><li>a<li>b<ul><li>c</ul></ul>"
      "<script>var x = '<p>not text</p>';</script><noscript>no</noscript><div "
      "hidden>secret</div><p>End</p>",
      Format::kHtml);
  EXPECT_EQ(d.title, "Privacy");
  EXPECT_EQ(d.declared_language, "en");
  EXPECT_THAT(outline(d), ElementsAre("h1 Privacy", "p One two three.\nFour.", "i1 a", "i1 b",
                                      "i2 c", "p secret (hidden)", "p End"));
}

TEST(Html, SpansAreRepeatedInEveryRowAndColumnTheyCover) {
  const Document d = document(
      "<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td "
      "rowspan=2>x</td><td>1</td><td>2</td></tr>"
      "<tr><td>3</td><td>4</td></tr><tr><td colspan=2>wide</td><td>5</td></tr></table>",
      Format::kHtml);
  EXPECT_THAT(outline(d),
              ElementsAre("c0,0 A", "c0,1 B", "c0,2 C", "c1,0 x", "c1,1 1", "c1,2 2", "c2,0' x",
                          "c2,1 3", "c2,2 4", "c3,0 wide", "c3,1' wide", "c3,2 5"));
}

TEST(Html, LinksKeepTextAndTarget) {
  const Document d =
      document("<p>See <a href='https://x.example/opt'>this page</a>.</p>", Format::kHtml);
  ASSERT_EQ(d.blocks.size(), 1U);
  ASSERT_EQ(d.blocks[0].links.size(), 1U);
  EXPECT_EQ(d.blocks[0].links[0].text, "this page");
  EXPECT_EQ(d.blocks[0].links[0].href, "https://x.example/opt");
}

TEST(Html, ADeclaredEncodingThatIsWrongDoesNotMangleUtf8) {
  const Document d = document("<html><head><meta charset=iso-8859-1></head><body><p>Größe “ok”</p>",
                              Format::kHtml);
  EXPECT_EQ(d.text, "Größe “ok”");
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

double cpu_ms(const std::string& bytes, Format format, Document* out) {
  const std::clock_t before = std::clock();
  *out = document(bytes, format);
  return 1'000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

TEST(Html, NestedDivsCostMillisecondsAndLittleMemory) {
  const long before = peak_kib();
  Document d;
  const double ms =
      cpu_ms("<html><body><p>First words.</p>" + repeated("<div>", 250'000), Format::kHtml, &d);
  EXPECT_LT(ms, 250);
  EXPECT_LT(peak_kib() - before, 32 * 1'024);
  EXPECT_THAT(outline(d), testing::Contains("p First words."));
  EXPECT_THAT(d.unread, ElementsAre(HasSubstr("inside each other")));
}

TEST(Html, StrayEndTagsAreNotQuadratic) {
  Document d;
  EXPECT_LT(cpu_ms(repeated("<b>", 3'000) + repeated("</x>", 2'000'000), Format::kHtml, &d), 5'000);
  EXPECT_LT(cpu_ms(repeated("<b>", 250'000) + repeated("</div>", 250'000), Format::kHtml, &d),
            5'000);
}

TEST(Html, UnclosedMarkupAndStrayCellsDoNoHarm) {
  for (const char* text : {"<table><tr><td>a", "<td>x</td>", "</p></p></p>", "<ul><li>a</table>",
                           "<!--", "<a href=", "<", "&#x110000;"})
    document(text, Format::kHtml);
}

TEST(Markdown, TablesWithBlankHeadsAndBreaksInCells) {
  const Document d = document("|  |  |\n| --- | --- |\n| Name | Life |\n| a<br>b | 1 day |\n");
  EXPECT_THAT(outline(d), ElementsAre("c1,0 Name", "c1,1 Life", "c2,0 a\nb", "c2,1 1 day"));
}

TEST(Markdown, WordsGluedToATablesRuleStandAlone) {
  const Document d = document(
      "|  |  |\n| --- | --- |Needed cookies\n| Name | Life |\n| --- | --- |\n| sid | 1 day |\n");
  EXPECT_THAT(outline(d), testing::Contains("p Needed cookies"));
  EXPECT_THAT(outline(d), testing::Contains(testing::EndsWith(" sid")));
}

TEST(Markdown, DeepNestingIsWalkedWithoutRecursion) {
  Document d;
  EXPECT_LT(cpu_ms(repeated(">", 100'000) + " words", Format::kMarkdown, &d), 5'000);
  EXPECT_LT(cpu_ms(repeated("[", 100'000), Format::kMarkdown, &d), 5'000);
}

TEST(Text, WrappedLinesAreJoinedAndHeadingsFound) {
  const Document d = document(
      "PRIVACY POLICY\n==============\n\nWe keep very little of what you tell us, and what\nwe "
      "keep we do not hand on.\n\n"
      "Cookies\n\nWe set:\n- one for the basket\n- one for the language\n",
      Format::kText);
  EXPECT_THAT(
      outline(d),
      ElementsAre("h2 PRIVACY POLICY",
                  "p We keep very little of what you tell us, and what we keep we do not hand on.",
                  "h2 Cookies", "p We set:", "i1 one for the basket", "i1 one for the language"));
}

TEST(Text, ParagraphsCutIntoLinesByEmptyOnesAreReadAsWhole) {
  std::string text;
  for (int i = 0; i < 12; ++i)
    text +=
        "This is a long line of words that was wrapped somewhere in the\n\nmiddle of a sentence "
        "and goes on below.\n\n";
  text +=
      "We honour Do Not Track signals whenever a browser of ours says Do\n\nNot Track to the "
      "server that answers it.\n";
  EXPECT_EQ(test::read(text, Format::kText).statements.size(), 1U);
}

TEST(Blocks, AsTheExtensionWritesThem) {
  const Document d = document(
      R"({"v":1,"url":"https://a.example/","title":"T","lang":"en","contentType":"text/html","truncated":false,"blocks":[
        {"kind":"heading","level":2,"text":"Cookies"},{"kind":"paragraph","text":"One.\nTwo.","links":[{"text":"One","href":"https://b.example/"}]},
        {"kind":"item","list":0,"depth":1,"ordered":false,"text":"i","hidden":true},
        {"kind":"cell","table":0,"row":0,"col":0,"header":true,"rowspan":1,"colspan":1,"text":"Name"},
        {"kind":"cell","table":0,"row":0,"col":1,"header":true,"rowspan":1,"colspan":1,"text":"Life"},
        {"kind":"cell","table":0,"row":1,"col":0,"header":false,"rowspan":2,"colspan":1,"text":"a"},
        {"kind":"cell","table":0,"row":1,"col":1,"header":false,"rowspan":1,"colspan":1,"text":"1 day"},
        {"kind":"cell","table":0,"row":2,"col":1,"header":false,"rowspan":1,"colspan":1,"text":"2 days"}]})",
      Format::kBlocks);
  EXPECT_THAT(outline(d),
              ElementsAre("h2 Cookies", "p One.\nTwo.", "i1 i (hidden)", "c0,0 Name", "c0,1 Life",
                          "c1,0 a", "c1,1 1 day", "c2,0' a", "c2,1 2 days"));
  EXPECT_EQ(d.blocks[1].links.at(0).href, "https://b.example/");
}

TEST(Blocks, WhatIsNotOfTheFormatIsRefusedWithItsPlace) {
  const auto error = [](std::string_view text) {
    const auto d = read_document(text, Format::kBlocks, "exhibit");
    return d ? "accepted" : d.error().to_string();
  };
  EXPECT_THAT(error("{"), HasSubstr("exhibit"));
  EXPECT_THAT(error(R"({"v":2,"blocks":[]})"), HasSubstr("unsupported"));
  EXPECT_THAT(error(R"({"v":1,"blocks":[{"kind":"paragraph"}]})"), HasSubstr("blocks[0]"));
  EXPECT_THAT(error(R"({"v":1,"blocks":[{"kind":"cell","text":"x","table":0,"row":-1}]})"),
              HasSubstr("row"));
}

TEST(Read, BytesThatFitNoEncodingAreReplacedAndSaid) {
  const Document d = document("Größe, naïve, “quoted”: bad \xFF here.", Format::kText);
  EXPECT_EQ(d.text, "Größe, naïve, “quoted”: bad \xEF\xBF\xBD here.");
  EXPECT_THAT(d.unread, ElementsAre(HasSubstr("1 byte")));
}

TEST(Read, ByteOrderMarksAndUtf16AreUnderstood) {
  EXPECT_EQ(document("\xEF\xBB\xBFHello there", Format::kText).text, "Hello there");
  EXPECT_EQ(document(std::string("\xFF\xFEH\0i\0", 6), Format::kText).text, "Hi");
}

TEST(Read, InvisibleCharactersDoNotPartWords) {
  EXPECT_EQ(document("coo\xC2\xADkies and coo\xE2\x80\x8Dkies \xE2\x80\xAEx", Format::kText).text,
            "cookies and cookies x");
  EXPECT_THAT(test::kinds("We do not use coo\xE2\x80\x8Bkies."), ElementsAre("no-cookies!"));
}

TEST(Read, CapsAreNamed) {
  const auto d = read_document(std::string(limits::kPolicyBytes + 1, 'a'), Format::kText, "big");
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, Code::kTooLarge);
  EXPECT_THAT(d.error().message, HasSubstr("kPolicyBytes"));
}

TEST(Read, BlocksLieInOrderAndWithinTheText) {
  const Document d = document("# A\n\nb\n\n| x | y |\n| - | - |\n| 1 |  |\n\n* c\n  * d\n");
  std::size_t at = 0;
  for (const Block& b : d.blocks) {
    EXPECT_LE(at, b.start);
    EXPECT_LT(b.start, b.end);
    EXPECT_LE(b.end, d.text.size());
    at = b.end;
  }
}

TEST(GuessFormat, ByNameTypeOrLook) {
  EXPECT_EQ(guess_format("a.HTML", ""), Format::kHtml);
  EXPECT_EQ(guess_format("text/html; charset=utf-8", ""), Format::kHtml);
  EXPECT_EQ(guess_format("a.md", "<p>"), Format::kMarkdown);
  EXPECT_EQ(guess_format("a.txt", "# x"), Format::kText);
  EXPECT_EQ(guess_format("application/vnd.affiant.blocks+json", ""), Format::kBlocks);
  EXPECT_EQ(guess_format("-", "<!DOCTYPE html><p>x"), Format::kHtml);
  EXPECT_EQ(guess_format("-", "# Title\n\nx"), Format::kMarkdown);
  EXPECT_EQ(guess_format("-", "Just words."), Format::kText);
  EXPECT_EQ(guess_format("-", R"({"v":1,"blocks":[]})"), Format::kBlocks);
}

}  // namespace
}  // namespace affiant::policy
