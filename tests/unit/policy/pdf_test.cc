// PDFs: the same blocks as from a page, and an error with its reason for what cannot be read.
#include "pdf.h"

#include <cstdlib>

#include "policy/pdf_words.h"
#include "policy/readers.h"
#include "read.h"

namespace affiant::policy {
namespace {

using test::pdf_of;
using test::PdfPage;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Document read_pdf_file(const std::string& bytes) { return test::document(bytes, Format::kText); }

std::string error_of(std::string_view bytes) {
  const auto d = read_document(bytes, Format::kText, "terms.pdf");
  return d ? "accepted" : d.error().to_string();
}

std::vector<std::string> outline(const Document& d) {
  std::vector<std::string> out;
  for (const Block& b : d.blocks) {
    const std::string head = b.kind == BlockKind::kHeading ? "h" + std::to_string(b.level)
                             : b.kind == BlockKind::kItem  ? "i"
                                                           : "p";
    out.push_back(head + " " + std::string(d.of(b)));
  }
  return out;
}

TEST(Pdf, HeadingsParagraphsAndItemsAreTold) {
  const Document d = read_pdf_file(pdf_of({{{72, 700, 20, "Privacy policy"},
                                            {72, 660, 11, "We do not use third-party cookies here"},
                                            {72, 647, 11, "and have no plans to."},
                                            {72, 610, 11, "We use:"},
                                            {80, 595, 11, "\\225 a counter of visits"},
                                            {80, 581, 11, "\\225 a basket"}}}));
  EXPECT_THAT(outline(d),
              ElementsAre("h1 Privacy policy",
                          "p We do not use third-party cookies here and have no plans to.",
                          "p We use:", "i a counter of visits", "i a basket"));
  EXPECT_THAT(d.unread, IsEmpty());
}

TEST(Pdf, WordsCutAtTheEndOfALineAreWholeAndHyphensOfTheirOwnStay) {
  const Document d = read_pdf_file(
      pdf_of({{{72, 700, 11, "Some information is stored. A third company counts, a party is"},
               {72, 687, 11, "a company that gets infor-"},
               {72, 674, 11, "mation from us. We set no third-"},
               {72, 661, 11, "party cookies."}}}));
  EXPECT_THAT(d.text, HasSubstr("gets information from us"));
  EXPECT_THAT(d.text, HasSubstr("third-party cookies"));
}

TEST(Pdf, HeadsAndFeetOfPagesDoNotPartASentence) {
  std::vector<PdfPage> pages;
  for (int i = 1; i <= 3; ++i)
    pages.push_back(
        {{72, 760, 9, "Example Shop, privacy"},
         {72, 690, 11, i == 1 ? "We keep your orders and we hand" : "them to nobody at all, nor"},
         {290, 30, 9, "Page " + std::to_string(i) + " of 3"}});
  const Document d = read_pdf_file(pdf_of(pages));
  EXPECT_THAT(d.text, HasSubstr("we hand them to nobody"));
  EXPECT_THAT(d.text, Not(HasSubstr("hand\nExample")));
  EXPECT_THAT(outline(d), Contains("p Example Shop, privacy")) << "but what they say is not lost";
}

TEST(Pdf, ColumnsAreReadOneAfterTheOther) {
  PdfPage page;
  for (int i = 0; i < 6; ++i) {
    const double y = 700 - 13 * i;
    page.push_back({72, y, 11, "left hand line number " + std::to_string(i)});
    page.push_back({330, y, 11, "right hand line number " + std::to_string(i)});
  }
  const std::string text = read_pdf_file(pdf_of({page})).text;
  EXPECT_LT(text.find("left hand line number 5"), text.find("right hand line number 0"));
}

TEST(Pdf, StatementsQuoteItsWords) {
  const Declaration said = read_policy(
      read_pdf_file(
          pdf_of({{{72, 700, 11, "We do not use any third-party cookies on this website."}}})),
      {});
  ASSERT_EQ(said.statements.size(), 1U);
  EXPECT_EQ(said.statements[0].type, "third-party-denial");
  EXPECT_EQ(said.statements[0].quote, "We do not use any third-party cookies on this website.");
}

TEST(Pdf, AScanIsSaidToHoldNoText) {
  const Document d = read_pdf_file(pdf_of({{}, {}}));
  EXPECT_THAT(d.text, IsEmpty());
  EXPECT_THAT(d.unread, ElementsAre(HasSubstr("2 pages of a PDF that hold no text")));
  const Document half = read_pdf_file(pdf_of({{{72, 700, 11, "Words of the first page."}}, {}}));
  EXPECT_THAT(half.unread, ElementsAre(HasSubstr("1 page of a PDF without text")));
}

TEST(Pdf, WhatCannotBeReadIsAnErrorWithItsReason) {
  EXPECT_THAT(error_of("%PDF-1.7 and then nothing"),
              HasSubstr("malformed: terms.pdf: a PDF that cannot be read"));
  const std::string locked = pdf_of(
      {{{72, 700, 11, "Secret."}}},
      "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << "
      "/Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O "
      "<00000000000000000000000000000000000000000000000000000000000000ff> /U "
      "<00000000000000000000000000000000000000000000000000000000000000ff> >> ");
  EXPECT_THAT(error_of(locked), HasSubstr("password"));
}

TEST(Pdf, TruncatedAnywhereItNeitherCrashesNorInvents) {
  const std::string whole = pdf_of({{{72, 700, 11, "We do not use cookies."}}});
  for (std::size_t size = 8; size < whole.size(); size += 97) {
    const auto d = read_document(std::string_view(whole).substr(0, size), Format::kText, "x");
    if (d && !d->text.empty()) {
      EXPECT_EQ(d->text, "We do not use cookies.");
    }
  }
}

TEST(Pdf, OfTenThousandPagesTheFirstOnesAreReadAndTheRestIsSaid) {
  const Document d =
      read_pdf_file(pdf_of(std::vector<PdfPage>(10'000, {{72, 700, 11, "One page says this."}})));
  EXPECT_THAT(d.unread, ElementsAre(HasSubstr("kPdfPages")));
}

TEST(Pdf, WithoutPdftotextTheMessageSaysWhatToInstall) {
  const char* path = std::getenv("PATH");
  const std::string before = path == nullptr ? "" : path;
  ::setenv("PATH", "/nowhere:relative", 1);
  const std::string error = error_of(pdf_of({{}}));
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_THAT(error, HasSubstr("unsupported"));
  EXPECT_THAT(error, HasSubstr("poppler-utils"));
}

// What pdftotext writes is not trusted either.
TEST(PdfLayout, AnyTextIsTaken) {
  for (const char* text :
       {"<word xMin=\"nan\" yMax=\"1e999\">x</word></line>", "<page ><line ><word ",
        "<page height=\"-5\"><line ><word x>&amp;&bogus;</word></line>", "<", ""}) {
    Document d;
    read_pdf_layout(text, &d);
    for (const Block& b : d.blocks) EXPECT_LE(b.end, d.text.size());
  }
}

}  // namespace
}  // namespace affiant::policy
