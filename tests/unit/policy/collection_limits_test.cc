// Sentences that speak of data or of others, and of which nobody is said to get any.
#include "read.h"

namespace affiant::policy {
namespace {

using test::kinds;
using test::only;
using testing::AnyOf;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

// What says that somebody gets data.
bool tells_of_data(std::string_view text) {
  for (const std::string& kind : kinds(text))
    if (kind == "server-practice" || kind == "sale-or-sharing" || kind == "third-party-category")
      return true;
  return false;
}

TEST(CollectionLimits, WhatHoldsOnlyIfItComesTo) {
  for (const char* text :
       {"If we make material changes in the way we collect your personal information, we will "
        "notify you by posting notice of the changes here.",
        "If you have any questions about how we use your personal data, please contact us.",
        "Should we ever sell personal information, we would tell you here.",
        "Were we ever to sell personal data to partners, we would ask you first."})
    EXPECT_FALSE(tells_of_data(text)) << text;
  EXPECT_TRUE(tells_of_data("If you order something we use your email address to write to you."));
  EXPECT_TRUE(tells_of_data("When you visit our site we collect your IP address."));
}

TEST(CollectionLimits, WhoGivesGetsNothing) {
  for (const char* text :
       {"We may receive demographic information about you from third parties, including "
        "advertisers.",
        "If you sign in with another account, its provider may share an email address with us.",
        "Data from third parties: we obtain contact data from third party sources.",
        "Payment processors may also provide us with updated payment information."}) {
    EXPECT_THAT(kinds(text), Not(Contains("third-party-category"))) << text;
    EXPECT_THAT(kinds(text), Not(Contains("sale-or-sharing"))) << text;
  }
  EXPECT_THAT(kinds("We share information that we receive from you with our partners."),
              Contains(AnyOf("sale-or-sharing", "third-party-category")));
  EXPECT_THAT(kinds("* Mobile applications provided by other organizations."), IsEmpty());
  EXPECT_THAT(kinds("The software is provided by an unaffiliated third party."), IsEmpty());
  EXPECT_THAT(kinds("We provide a list of our advertising partners here."),
              Not(Contains("sale-or-sharing")));
}

TEST(CollectionLimits, WhoIsOnlyMentioned) {
  for (const char* text :
       {"We process it where this is in our interest (or those of third parties).",
        "We act to protect the rights, property and safety of our users, partners or others.",
        "Example acts as a service provider and uses what the school wants.",
        "Example, including its divisions and affiliates (collectively \"Example\"), operates this "
        "site.",
        "Your number is used for this only and is not shared with third parties.",
        "Recordings are encrypted and not accessible by our service providers.",
        "Requests submitted by authorized agents will be processed.",
        "We may receive personal data from third party sources, such as your bank or our payment "
        "processing partners.",
        "We try to comply with our advertisers' wishes.",
        "This site may direct you to web sites that are owned or controlled by third parties.",
        "What you see may be based on your activity on third party services.",
        "Other companies may have links to their web sites here.",
        "We block access to your data from our partners.",
        "We have procedures requiring our employees and data processors to respect the "
        "confidentiality of personal information.",
        "One of our ad servers will place a cookie to tell what you like.",
        "The service may contain links to other websites, including social media services."})
    EXPECT_THAT(kinds(text), Not(Contains("third-party-category"))) << text;
  EXPECT_THAT(kinds("We and our partners use cookies."), Contains("third-party-category"));
  EXPECT_THAT(kinds("We share your address with our partners as well as with advertisers."),
              Contains(AnyOf("sale-or-sharing", "third-party-category")));
}

TEST(CollectionLimits, WhatIsProtectedOrAskedAbout) {
  for (const char* text :
       {"We seek to protect your personal data using appropriate technical measures.",
        "We have security measures in place to keep your personal information safe.",
        "We use encryption to secure your credit card number.",
        "We are legally obliged to take the measures necessary to guarantee the protection of "
        "personal data.",
        "We process requests regarding your personal data within a month.",
        "We use a firewall to prevent unauthorized access to your personal information.",
        "We may change this notice and record that by sending you an email.",
        "Please read the rules carefully before you submit your information.",
        "You submit your address at your own risk."})
    EXPECT_FALSE(tells_of_data(text)) << text;
  EXPECT_THAT(only("We collect, use and protect your name.", "server-practice").data,
              UnorderedElementsAre("name"));
  EXPECT_TRUE(tells_of_data("We collect and store your email address."));
}

TEST(CollectionLimits, LabelsAndWordsAboutWords) {
  for (const char* text :
       {"Credit card processing", "Information we share with third parties.",
        "**Public content you submit**",
        "We use the term \"personal data\" for what tells of a person.",
        "We encourage you to read how your personal information may be collected there.",
        "The harvesting of email addresses for unsolicited mail is strictly forbidden.",
        "Your personal information can be read, collected or used by other users."})
    EXPECT_FALSE(tells_of_data(text)) << text;
}

TEST(CollectionLimits, ItemsOfWhatAVisitorMayAskFor) {
  EXPECT_FALSE(
      tells_of_data("You have the right to ask us for:\n\n- a list of the personal data that we "
                    "have sold to third parties\n- the categories of data that we collect\n"));
  EXPECT_FALSE(tells_of_data("- To stop selling your personal information.\n"));
  EXPECT_FALSE(tells_of_data("You may submit a request through an agent."));
}

TEST(CollectionLimits, WhatIsMeantByAWord) {
  for (const char* text :
       {"Personal data comprises all information that tells of a person, e.g. name and address.",
        "Any information regarding a person who can be identified, including a name and address.",
        "Such security measures also include that personal data may be accessed by few only.",
        "You should therefore read this notice each time you provide personal data.",
        "Some Sellers may ask for additional personal data.", "2. How we use your personal data."})
    EXPECT_FALSE(tells_of_data(text)) << text;
}

TEST(CollectionLimits, CookiesAsSuch) {
  for (const char* text :
       {"The cookie allows the website to remember what you chose.",
        "Websites typically use temporary cookies to know you from page to page.",
        "Viewers have the option to accept or disable cookies at any time.",
        "For example, a cookie may contain what a user likes, so that the web site knows it.",
        "Pixels are usually used in conjunction with cookies.",
        "Once you agree, the file is added and the cookie lets you know when you visit a "
        "particular site."})
    EXPECT_THAT(kinds(text), Not(Contains("uses-cookies"))) << text;
  for (const char* text :
       {"Our partners set cookies on our site.",
        "We may use data from our customers, who may use cookies.", "Ads may contain cookies."})
    EXPECT_EQ(only(text, "uses-cookies").subject, "third-party") << text;
  for (const char* text :
       {"Advertising: We use cookies to enable ads with our partners.",
        "These cookies also enable us, our advertisers and partners to count ads."})
    EXPECT_EQ(only(text, "uses-cookies").subject, "we") << text;
  const Declaration said = test::read(
      "Our partners set cookies on our site. These cookies allow the ad server to know you.");
  for (const Statement& s : said.statements) {
    if (s.type != "uses-cookies") continue;
    EXPECT_EQ(s.subject, "third-party") << s.quote;
  }
}

TEST(CollectionLimits, WhoRunsAPluginIsNotTheSite) {
  const Declaration said = test::read(
      "Privacy of our site\n\nThe plugins are operated by Facebook Inc. in California. Facebook "
      "receives your IP address.");
  EXPECT_THAT(test::kinds_of(said), Contains("named-third-party"));
  EXPECT_THAT(test::kinds_of(said), Not(Contains("server-practice")));
}

TEST(CollectionLimits, AdviceTellsNothing) {
  for (const char* text :
       {"To learn more about your ability to manage cookies and web beacons, please consult the "
        "privacy features in your browser.",
        "Given how hard it is to tell cookies apart, users are encouraged to contact the owner "
        "should they wish to know more about the use of cookies.",
        "With regard to cookies installed by third parties, users can manage their preferences "
        "there."})
    EXPECT_THAT(kinds(text), IsEmpty()) << text;
  EXPECT_THAT(kinds("This site uses cookies, please read our cookie policy."),
              Contains("uses-cookies"));
}

TEST(CollectionLimits, WhatIsOffByDefaultWaitsForConsent) {
  const std::vector<std::string> said =
      kinds("By default, analytics cookies, including Google Analytics, are turned off.");
  EXPECT_THAT(said, Contains("consent"));
  EXPECT_THAT(said, Not(Contains("uses-cookies")));
  EXPECT_THAT(kinds("Cookies are not turned off by default."), Not(Contains("consent")));
  EXPECT_THAT(kinds("In most browsers cookies are not turned off by default."),
              Not(Contains("consent")));
}

TEST(CollectionLimits, AKindThatTheNextSentenceTellsOfIsToldOnce) {
  EXPECT_THAT(kinds("* Preference cookies. We use preference cookies to remember your choice.\n"),
              Not(Contains("cookie-category!")));
  int categories = 0;
  for (const std::string& kind :
       kinds("* Preference cookies. We use preference cookies to remember your choice.\n"))
    categories += kind == "cookie-category" ? 1 : 0;
  EXPECT_EQ(categories, 1);
}

TEST(CollectionLimits, WithWhomThereAreContractsOrOffers) {
  for (const char* text : {"We have agreements with third parties and other safeguards.",
                           "We use your information for an offer with our partners."})
    EXPECT_THAT(kinds(text), Not(Contains("third-party-category"))) << text;
}

TEST(CollectionLimits, WarningsAndWhatIsWardedOff) {
  for (const char* text :
       {"Your email address may be accessed or viewed by another user on its way.",
        "This is to prevent unauthorised access to or unlawful processing of your name.",
        "To unsubscribe, write an email with your postal address to the desk.",
        "We refer to information that tells who you are as personal information."})
    EXPECT_FALSE(tells_of_data(text)) << text;
  EXPECT_THAT(
      only("Facebook does not receive information that identifies your name.", "named-third-party")
          .data,
      IsEmpty());
}

}  // namespace
}  // namespace affiant::policy
