// Pages that are no policies, text that is broken or built to mislead, and input whose size is its
// weapon: no statement is invented, nothing takes long, and what was not read is said.
#include <sys/resource.h>

#include <ctime>

#include "base/bytes.h"
#include "base/limits.h"
#include "read.h"

namespace affiant::policy {
namespace {

using test::denials;
using test::document;
using test::kinds;
using test::read;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

double ms_to_read(const std::string& bytes, Format format, Declaration* out = nullptr) {
  const std::clock_t before = std::clock();
  Declaration said = read(bytes, format);
  if (out != nullptr) *out = std::move(said);
  return 1'000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

TEST(Outline, AColonAloneIntroducesNoList) {
  EXPECT_THAT(kinds("A label\n\n:\n\n* one thing\n"), IsEmpty());
  EXPECT_THAT(kinds(":\n\n* one thing\n"), IsEmpty());
}

// --- Pages that are no policies.

struct NoPolicy {
  const char* what;
  const char* text;
};

const NoPolicy kNoPolicies[] = {
    {"empty", ""},
    {"blank", " \n\t \n"},
    {"not found",
     "<html><title>404 Not Found</title><h1>Not Found</h1><p>The page /privacy that you asked for "
     "is not on this server. It may have been moved. Go back to the home page or search.</p>"},
    {"server error",
     "<html><h1>502 Bad Gateway</h1><p>The server could not complete your request. Try again in "
     "30 seconds.</p><hr>nginx"},
    {"blocked",
     "<html><h1>Access denied</h1><p>You do not have permission to view this page. Your request "
     "was blocked by our security service. We use cookies to tell people from robots. Enable "
     "cookies and reload. Reference 18.4f.</p>"},
    {"robot check",
     "<html><h1>Checking your browser</h1><p>This process is automatic. Your browser will be sent "
     "on shortly. Please allow up to 5 seconds. JavaScript and cookies are required.</p>"},
    {"application shell",
     "<html><title>Privacy</title><noscript>You need to enable JavaScript to run this "
     "app.</noscript><div id=root></div><script src=/app.js></script>"},
    {"application shell in words",
     "<html><body><p>Please enable JavaScript to continue using this application.</p>"},
    {"cookie wall",
     "<html><h2>We value your privacy</h2><p>We and our 812 partners store and access information "
     "on a device, such as cookies, and process personal data for personalised ads and content. "
     "With your consent we and our partners may use precise location data.</p><button>Accept "
     "all</button> <button>Reject all</button> <p>Manage preferences</p>"},
    {"parked domain",
     "<html><title>shop.example</title><h1>This domain is for sale</h1><p>The domain shop.example "
     "may be for sale. Related searches: cheap flights, insurance, cookies recipe. Copyright. "
     "Privacy policy. This page is provided courtesy of the registrar and uses cookies.</p>"},
    {"log-in page",
     "<html><h1>Sign in</h1><form><p>E-mail</p><p>Password</p><p>Remember me: we use a cookie to "
     "keep you signed in.</p><p>Forgot your password? No account? Register. By signing in you "
     "accept our terms and privacy policy.</p></form>"},
};

TEST(NoPolicy, PagesThatHoldNoneAreToldAsSuch) {
  for (const NoPolicy& page : kNoPolicies) {
    const Declaration said = read(page.text, Format::kHtml);
    EXPECT_FALSE(said.is_policy) << page.what;
    for (const Statement& s : said.statements)
      EXPECT_FALSE(s.polarity == "does-not" && s.observable == "yes")
          << page.what << ": " << s.quote;
    EXPECT_THAT(said.cookies, IsEmpty()) << page.what;
  }
}

TEST(NoPolicy, ABlogPostAboutCookiesIsNone) {
  const Declaration said = read(
      "# The best oat cookies of the year\n\n" +
      repeated("Bake the cookies until they are golden, then let them cool on a rack before they "
               "go into a tin. Children love them, and so do their friends.\n\n",
               20));
  EXPECT_FALSE(said.is_policy);
  EXPECT_THAT(said.statements, Not(Contains(testing::Field(&Statement::polarity, "does-not"))));
}

// --- Letters that are not what they look like.

TEST(Disguise, CharactersThatShowNothingDoNotTurnASentenceRound) {
  for (const char* text : {"We do not use coo\xC2\xADkies.", "We do no\xE2\x80\x8Bt use cookies.",
                           "We do\xE2\x80\x8F not use cookies.", "We do n\xCD\x8Fot use cookies.",
                           "We do not use \xE2\x80\xAE"
                           "cookies\xE2\x80\xAC.",
                           "We do not\xEF\xB8\x8F use cookies."})
    EXPECT_THAT(kinds(text), ElementsAre("no-cookies!")) << text;
  EXPECT_THAT(kinds("<p>We do n&shy;ot use coo<wbr>kies.", Format::kHtml),
              ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds(std::string("We do no\0t use cookies.", 23), Format::kText),
              ElementsAre("no-cookies!"));
}

TEST(Disguise, AWordOfTwoAlphabetsLeavesItsPassageUnreadAndSaysSo) {
  for (const char* text :
       {"We do nоt use cookies on this site.", "We use no cооkies of third parties.",
        "We never share data with trаckers.", "We do 𝗇𝗈𝗍 use cookies.",
        "We do ｎｏｔ use cookies."}) {
    const Declaration said = read(text);
    EXPECT_THAT(said.statements, IsEmpty()) << text;
    EXPECT_THAT(said.unread, ElementsAre(HasSubstr("not what they look like"))) << text;
  }
}

TEST(Disguise, WhatTakesADenialBackIsNotLostAlone) {
  EXPECT_THAT(denials("We do not use cookies. Hоwever, our partners do use cookies for ads."),
              IsEmpty());
}

TEST(Disguise, TrademarksAccentsUnitsAndOtherTonguesAreNone) {
  for (const char* text : {"We use Google™ Analytics® and our café's naïve résumé № 5 — “so” it’s…",
                           "Cookieを使用します。", "Мы используем cookie-файлы и IP-адрес.",
                           "A 5 µs pause, 20 °C, 3 €."}) {
    EXPECT_THAT(document(text, Format::kText).unread, IsEmpty()) << text;
  }
}

// --- Encodings.

TEST(Encoding, WindowsQuotationMarksDoNotHideANot) {
  EXPECT_THAT(kinds("We don\x92t use cookies.", Format::kText), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("<meta charset=utf-8><p>We don\x92t use cookies.", Format::kHtml),
              ElementsAre("no-cookies!"));
}

TEST(Encoding, LatinLettersAreReadAsSuch) {
  EXPECT_EQ(document("Donn\xE9"
                     "es et vie priv\xE9"
                     "e",
                     Format::kText)
                .text,
            "Données et vie privée");
}

TEST(Encoding, Utf8ThatWasEncodedTwiceIsPutRight) {
  EXPECT_THAT(kinds("We donâ€™t use cookies."), ElementsAre("no-cookies!"));
  EXPECT_EQ(document("â€œaâ€\xC2\x9D â€“ b", Format::kText).text, "“a” – b");
}

TEST(Encoding, Utf16IsReadWithAndWithoutItsMark) {
  const std::string plain = "We do not use cookies.";
  std::string little, big;
  for (const char c : plain) {
    little.append(1, c).append(1, '\0');
    big.append(1, '\0').append(1, c);
  }
  EXPECT_EQ(document("\xFF\xFE" + little, Format::kText).text, plain);
  EXPECT_EQ(document("\xFE\xFF" + big, Format::kText).text, plain);
  EXPECT_EQ(document(little, Format::kText).text, plain);
  EXPECT_EQ(document(big, Format::kText).text, plain);
}

TEST(Encoding, OneThatIsNotReadIsSaid) {
  const Document d = document("<meta charset=\"Shift_JIS\"><p>Cookie \x82\xF0 abc", Format::kHtml);
  EXPECT_THAT(d.unread, Contains(HasSubstr("shift_jis")));
}

TEST(Encoding, OtherKindsOfFilesAreRefusedByName) {
  const std::string zip("PK\x03\x04 and so on");
  const auto d = read_document(zip, Format::kText, "privacy.docx");
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, Code::kUnsupported);
  EXPECT_THAT(d.error().message, HasSubstr("office document"));
}

TEST(Encoding, EntitiesOfAllKindsAreDecoded) {
  EXPECT_THAT(document("<p>a&nbsp;b &amp; c &lt;d&gt; &eacute; &#8217; &#x2019; &bogus; &#0; "
                       "&#xD800; &#99999999; &copy",
                       Format::kHtml)
                  .text,
              testing::StartsWith("a b & c <d> é ’ ’ &bogus;"));
  EXPECT_THAT(kinds("<p>We don&rsquo;t use cookies.", Format::kHtml), ElementsAre("no-cookies!"));
}

// --- Tongues.

TEST(Tongue, AMixedTextStillDeniesNothingItDoesNotSay) {
  const Declaration said = read(
      "# Privacy\n\nWe use cookies to count visits to our website and to keep you logged in.\n\n"
      "Мы используем файлы cookie. 我们使用 cookie。 نحن نستخدم ملفات تعريف الارتباط.\n");
  EXPECT_THAT(said.statements, Not(Contains(testing::Field(&Statement::polarity, "does-not"))));
}

// --- Tables.

TEST(Tables, TenThousandRowsAreReadInOrder) {
  std::string text = "| Cookie | Purpose | Duration |\n| --- | --- | --- |\n";
  for (int i = 0; i < 10'000; ++i)
    text += "| _c" + std::to_string(i) + " | Counts visits | " + std::to_string(1 + i % 700) +
            " days |\n";
  Declaration said;
  EXPECT_LT(ms_to_read(text, Format::kMarkdown, &said), 5'000);
  ASSERT_EQ(said.cookies.size(), 10'000U);
  EXPECT_EQ(said.cookies[9'999].pattern, "_c9999");
}

TEST(Tables, TwoThatContradictEachOtherAreBothKept) {
  const Declaration said = read(
      "| Cookie | Category | Duration |\n|---|---|---|\n| sid | Strictly necessary | 1 day |\n\n"
      "Also:\n\n| Cookie | Category | Duration |\n|---|---|---|\n| sid | Marketing | 2 years |\n");
  ASSERT_EQ(said.cookies.size(), 2U);
  EXPECT_NE(said.cookies[0].category, said.cookies[1].category);
  EXPECT_NE(said.cookies[0].lifetime_s, said.cookies[1].lifetime_s);
}

// --- Markup that is broken, or built to be dear.

TEST(Markup, WhatIsNeverClosedSwallowsNoDenialAndInventsNone) {
  EXPECT_THAT(kinds("<p>We do not use cookies.<script>var a = 'We use cookies.'", Format::kHtml),
              ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("<p>We do not use cookies.<!-- We use cookies.", Format::kHtml),
              ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("<p>We do not use cookies.<style>p{}", Format::kHtml),
              ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("<p><b><i>We do not use cookies", Format::kHtml), ElementsAre("no-cookies!"));
}

struct Dear {
  const char* what;
  Format format;
  std::string text;
};

std::vector<Dear> dear_inputs() {
  const std::string policy = "<p>We use cookies.</p>";
  std::string attributes = "<p ";
  for (int i = 0; i < 1'000'000; ++i) attributes += "a" + std::to_string(i) + "=1 ";
  attributes += ">x</p>";
  return {
      {"nested div", Format::kHtml, policy + repeated("<div>", 50'000)},
      {"nested table", Format::kHtml, policy + repeated("<table><tr><td>", 17'000)},
      {"tables only", Format::kHtml, policy + repeated("<table>", 36'000)},
      {"open script", Format::kHtml, policy + repeated("<script>", 500'000)},
      {"open comments", Format::kHtml, policy + repeated("<!--", 500'000)},
      {"open CDATA", Format::kHtml, policy + repeated("<![CDATA[", 200'000)},
      {"many attributes", Format::kHtml, attributes},
      {"long href", Format::kHtml, "<a href='" + std::string(1U << 20U, 'h') + "'>x</a>"},
      {"many long hrefs", Format::kHtml,
       repeated("<a href='" + std::string(100'000, 'h') + "'>x</a>", 100)},
      {"lone ampersands", Format::kHtml, repeated("&", 2'000'000)},
      {"wide cells", Format::kHtml, repeated("<table><tr><td rowspan=65000 colspan=9999>x", 5'000)},
      {"quotes", Format::kMarkdown, std::string(100'000, '>') + " We use cookies."},
      {"brackets", Format::kMarkdown, std::string(100'000, '[')},
      {"closed brackets", Format::kMarkdown, repeated("[a](", 50'000)},
      {"stars", Format::kMarkdown, repeated("*a **a ", 30'000)},
      {"ticks", Format::kMarkdown, repeated("`a``b", 50'000)},
      {"lists", Format::kMarkdown, repeated("- ", 100'000) + "x"},
      {"deep lists", Format::kMarkdown,
       [] {
         std::string out;
         for (std::size_t i = 0; i < 1'000; ++i) out += std::string(2 * i, ' ') + "- x\n";
         return out;
       }()},
      {"bars", Format::kMarkdown, std::string(200'000, '|') + "\n" + repeated("|-", 100'000)},
      {"tabs", Format::kText, repeated("a\tb\n", 200'000)},
      {"one long line", Format::kText, repeated("we do not ", 300'000)},
      {"no spaces", Format::kText, std::string(3'000'000, 'a')},
      {"full stops", Format::kText, "a " + std::string(1'000'000, '.') + "x"},
      {"line ends", Format::kText, std::string(3'000'000, '\n')},
      {"brackets in text", Format::kText, std::string(300'000, '(') + "we use cookies"},
      {"quotes in text", Format::kText, repeated("\" ' ", 300'000)},
  };
}

TEST(Dear, NothingTakesMoreThanSecondsOrAHundredTimesItsSize) {
  for (const Dear& input : dear_inputs()) {
    EXPECT_LT(ms_to_read(input.text, input.format), 5'000) << input.what;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 1'500'000) << "KiB, of all tests of this program";
}

TEST(Dear, SurplusAttributesAreLeftOutAndTheTextIsNot) {
  std::string tag = "<p ";
  for (int i = 0; i < 300; ++i) tag += "a" + std::to_string(i) + "='<b>' ";
  const Document d =
      document(tag + ">We use cookies.</p><script>if (a<b) x</script><p>End", Format::kHtml);
  EXPECT_EQ(d.text, "We use cookies.\nEnd");
  EXPECT_THAT(d.unread, ElementsAre(HasSubstr("kHtmlAttributes")));
}

TEST(Dear, TwentyMegabytesAreReadInTimeThatGrowsWithThem) {
  const std::string paragraph =
      "We use cookies to measure how visitors use our website, and we do not sell what we learn. "
      "Our partners, such as Example Analytics, may set cookies of their own for advertising.\n\n";
  const double small = ms_to_read(repeated(paragraph, 6'000), Format::kText);  // 1 MB.
  Declaration said;
  const double large = ms_to_read(repeated(paragraph, 120'000), Format::kText, &said);  // 21 MB.
  EXPECT_LT(large, 20 * small * 2.5) << small << " ms for a twentieth";
  EXPECT_GT(said.statements.size(), 1'000U);
}

}  // namespace
}  // namespace affiant::policy
