// Which data somebody is said to get: asked for, used, listed, included, gathered through cookies.
#include "read.h"

namespace affiant::policy {
namespace {

using test::kinds;
using test::only;
using test::read;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

std::vector<std::string> practice(std::string_view text) {
  return only(text, "server-practice").data;
}

TEST(Collection, WhatAVisitorIsAskedFor) {
  EXPECT_THAT(practice("We may ask for your name, address and telephone number."),
              UnorderedElementsAre("name", "address", "phone"));
  EXPECT_THAT(practice("To open an account you will be asked to provide your email address."),
              Contains("email"));
  EXPECT_THAT(practice("You must provide contact information to order."), Contains("contact"));
  EXPECT_THAT(practice("If you take part, we may request certain personal information."),
              Contains("personal-information"));
  EXPECT_THAT(practice("We request that you provide your name."), Contains("name"));
  EXPECT_THAT(practice("You are asked to provide your email address."), Contains("email"));
  EXPECT_THAT(practice("There are times when we ask you to provide your phone number."),
              Contains("phone"));
  EXPECT_THAT(kinds("We encourage you to use care in posting personal information."),
              Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We ask for your consent to read your location."),
              Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We never ask for your phone number."), Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We require our partners to protect your personal data."),
              Not(Contains("server-practice")));
}

TEST(Collection, WhatAVisitorSuppliesAndWhatItIsUsedFor) {
  EXPECT_THAT(practice("If you supply us with your fax number, we may call you."),
              Contains("phone"));
  EXPECT_THAT(practice("You may also give us your email address."), Contains("email"));
  EXPECT_THAT(practice("We use your email address to send you our paper."), Contains("email"));
  EXPECT_THAT(practice("Your postal address is used for the parcel."), Contains("address"));
  EXPECT_THAT(kinds("This notice tells of the collection, use and storing of personal data."),
              Not(Contains("server-practice")));
  EXPECT_THAT(kinds("You need not provide your name."), Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We do not use your email address for that."),
              Not(Contains("server-practice")));
}

TEST(Collection, WhatInformationIncludes) {
  EXPECT_THAT(practice("This information includes your IP address and pages viewed."),
              UnorderedElementsAre("ip", "usage"));
  EXPECT_THAT(practice("The information that we collect may contain:\n\n- your phone number\n- "
                       "your full name\n"),
              UnorderedElementsAre("phone", "name"));
  EXPECT_THAT(practice("These log files store IP addresses and browser types."), Contains("ip"));
  EXPECT_THAT(practice("We maintain a record of your online purchases."), Contains("purchases"));
  EXPECT_THAT(kinds("This information does not include your name."),
              Not(Contains("server-practice")));
}

TEST(Collection, ItemsBelowWhatIsCollected) {
  const Declaration said =
      read("We collect:\n\n- Names. Of all who write.\n- Telephone numbers. Of those who call.\n");
  std::vector<std::string> data;
  for (const Statement& s : said.statements) data.insert(data.end(), s.data.begin(), s.data.end());
  EXPECT_THAT(data, Contains("phone"));
  EXPECT_THAT(kinds("We do not collect:\n\n- Telephone numbers. Of those who call.\n- Names. Of "
                    "all who write.\n"),
              Not(Contains("server-practice")));
}

TEST(Collection, ANameOfAHostInCapitalsEndsNoSentence) {
  for (const char* text : {"When you visit Swings.Net, we record your IP address.",
                           "When you visit www.Swing-BHP.com, we record your IP address."})
    EXPECT_EQ(only(text, "server-practice").quote, text);
}

TEST(Collection, GatheredThroughCookiesAndByOthers) {
  EXPECT_THAT(practice("We use cookies to collect information about the pages you visit."),
              Contains("usage"));
  const Statement theirs =
      only("Advertising networks show ads here. They automatically receive your IP address.",
           "third-party-category");
  EXPECT_EQ(theirs.subject, "third-party");
  EXPECT_THAT(kinds("We do not use cookies to collect your location."),
              Not(Contains("server-practice")));
}

TEST(Collection, WhoUsesTheCookies) {
  const auto subject = [](std::string_view text) { return only(text, "uses-cookies").subject; };
  EXPECT_EQ(subject("Cookies may also be used by third-party advertisers."), "third-party");
  EXPECT_EQ(subject("We and our partners use cookies."), "we");
  EXPECT_EQ(subject("We use third-party cookies."), "third-party");
  EXPECT_EQ(subject("We work with advertising partners, who may set cookies on your device."),
            "third-party");
  EXPECT_THAT(kinds("Most web browsers automatically accept cookies."), IsEmpty());
  EXPECT_THAT(kinds("For example, a cookie may contain what a user of a website chose."),
              IsEmpty());
}

TEST(Collection, WhatTheLawMayAskFor) {
  const Statement s = only(
      "We will disclose your personal information if required to do so by law.", "sale-or-sharing");
  EXPECT_THAT(s.data, Contains("personal-information"));
  EXPECT_THAT(practice("The logs include the browser you used and the pages requested."),
              UnorderedElementsAre("browser", "usage"));
}

TEST(Collection, WhatLiesElsewhereOrIsOnlySpokenOf) {
  EXPECT_THAT(kinds("All card numbers are stored in PayPal."), Not(Contains("server-practice")));
  EXPECT_THAT(kinds("Example adheres to a framework on the collection and use of personal data "
                    "collected in Europe."),
              Not(Contains("server-practice")));
  EXPECT_THAT(
      kinds("We adopt appropriate collection and processing practices and security measures "
            "to protect your personal information."),
      Not(Contains("server-practice")));
  EXPECT_THAT(kinds("The IP address is a number assigned to your computer."),
              Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We have partners. These third parties are prohibited from sharing that "
                    "information with others."),
              Not(Contains("sale-or-sharing")));
}

TEST(Collection, WordsThatNameNoData) {
  EXPECT_THAT(practice("We collect only your IP address rather than your name."),
              UnorderedElementsAre("ip"));
  EXPECT_THAT(practice("We collect demographic figures not linked to any personal information."),
              UnorderedElementsAre("demographic"));
  EXPECT_THAT(practice("We collect non-personally identifiable information and your IP address."),
              UnorderedElementsAre("ip"));
  EXPECT_THAT(practice("We collect the browser name and personal identification information."),
              UnorderedElementsAre("browser", "personal-information"));
  EXPECT_THAT(
      only("We may share your address with payment processors.", "third-party-category").data,
      Not(Contains("payment")));
  EXPECT_THAT(practice("We collect your IP address and other non-personal information."),
              UnorderedElementsAre("ip"));
  EXPECT_THAT(kinds("We use anonymous information to improve the site."),
              Not(Contains("server-practice")));
  EXPECT_THAT(
      practice("We record your IP address when you open an email or your web browser asks."),
      UnorderedElementsAre("ip"));
  EXPECT_THAT(kinds("We may store such content in a manner that does not reveal personal "
                    "information."),
              Not(Contains("server-practice")));
  EXPECT_THAT(practice("We collect your domain name and your IP address."),
              UnorderedElementsAre("ip"));
  EXPECT_THAT(kinds("We use email marketing."), Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We send newsletters by email."), Not(Contains("server-practice")));
  EXPECT_THAT(kinds("Please read this notice before submitting personal information."),
              Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We have measures in place to protect personal information."),
              Not(Contains("server-practice")));
  EXPECT_THAT(kinds("We write to you with offers from our partners."),
              Not(Contains("third-party-category")));
}

TEST(Collection, OfWhatWasNamedBefore) {
  const Declaration said =
      read("We use your email address to answer you. It may also be used to send you our paper.");
  ASSERT_EQ(said.statements.size(), 2U);
  EXPECT_THAT(said.statements[1].data, UnorderedElementsAre("email"));
  EXPECT_THAT(kinds("We keep your email address. It is not used to send you our paper."),
              UnorderedElementsAre("server-practice"));
}

TEST(Collection, WhoeverItGoesTo) {
  for (const char* text :
       {"Your personal information is shared with the merchant so that they can run their shop.",
        "Personal data may be transferred to and used by the resulting combined company.",
        "You agree that we may disclose your personal data to a third party."})
    EXPECT_THAT(only(text, "sale-or-sharing").data, Contains("personal-information")) << text;
  EXPECT_THAT(kinds("Personal data is transferred to other countries."),
              Not(Contains("sale-or-sharing")));
}

TEST(Collection, WhatIsRequestedAndLogged) {
  EXPECT_THAT(practice("Personal information is requested when you order a product."),
              Contains("personal-information"));
  EXPECT_THAT(practice("We use log files. This includes IP addresses, browser type and number of "
                       "clicks."),
              UnorderedElementsAre("ip", "browser", "usage"));
}

TEST(Collection, WhatIsSoldWithAll) {
  EXPECT_THAT(only("In the event of a merger, personal data may be part of the transferred assets.",
                   "sale-or-sharing")
                  .data,
              Contains("personal-information"));
}

TEST(Collection, WhatThisIncludes) {
  const Declaration said =
      read("We store order information for years. This includes your name and email address.");
  ASSERT_EQ(said.statements.size(), 2U);
  EXPECT_THAT(said.statements[1].data, UnorderedElementsAre("name", "email"));
}

TEST(Collection, AfterWhatLeadsTo) {
  EXPECT_THAT(practice("As you browse the site, we collect information about the pages you view."),
              Contains("usage"));
  EXPECT_THAT(practice("As a member, we collect your email address."), Contains("email"));
  EXPECT_THAT(practice("When you place an order, submit a form or take part in surveys, our site "
                       "collects your name."),
              Contains("name"));
  EXPECT_EQ(only("Please be advised that we also use third party cookies.", "uses-cookies").subject,
            "third-party");
  EXPECT_THAT(practice("Information gathered through cookies may include the pages visited."),
              Contains("usage"));
  EXPECT_THAT(kinds("Site users have the option to accept or disable cookies."), IsEmpty());
}

TEST(Collection, OfVisitorsInTheThirdPerson) {
  EXPECT_THAT(practice("Visitor traffic and site usage is monitored."), Contains("usage"));
  EXPECT_THAT(practice("Visitors' IP addresses are stored in our log."), Contains("ip"));
  EXPECT_THAT(practice("We may combine your email address with your location."),
              UnorderedElementsAre("email", "location"));
  EXPECT_THAT(kinds("These third parties have access to your personal data only to do this, and "
                    "are obligated to keep it secret."),
              Contains("third-party-category"));
}

TEST(Collection, ASubjectBehindAConditionWithoutAComma) {
  EXPECT_THAT(practice("If you pay us Quinceshop will collect your name and phone number."),
              UnorderedElementsAre("name", "phone"));
  EXPECT_THAT(practice("If you subscribe to our letter your email address will be recorded."),
              Contains("email"));
  EXPECT_THAT(practice("For this service we need an email address."), Contains("email"));
}

TEST(Collection, ItemsBelowAHeadingOfWhatIsCollected) {
  EXPECT_THAT(
      practice("## Information we collect\n\n- **Account** (if you make one): name and email "
               "address\n"),
      UnorderedElementsAre("name", "email"));
  EXPECT_THAT(kinds("## Information we do not collect\n\n- Account: name and email address\n"),
              Not(Contains("server-practice")));
}

TEST(Collection, WhoIsGivenItMayBeAPronounOrNobodyNamed) {
  EXPECT_THAT(
      only("Your billing address will be shared so that taxes are right.", "sale-or-sharing").data,
      Contains("address"));
  EXPECT_THAT(kinds("IP addresses are only disclosed internally."),
              Not(Contains("sale-or-sharing")));
  EXPECT_THAT(kinds("Your card is given to our payment processors whose use of it is governed by "
                    "their privacy policy."),
              Contains("third-party-category"));
}

TEST(Collection, WhatABrowserSendsAndAVisitorAgreesTo) {
  EXPECT_THAT(practice("When you visit us, your browser automatically shares its browser version."),
              Contains("browser"));
  EXPECT_THAT(practice("By using this you consent to the collection and storage of your name."),
              Contains("name"));
  EXPECT_THAT(practice("You agree that your name may be stored on our servers."), Contains("name"));
  EXPECT_THAT(kinds("Your browser does not send its browser version."),
              Not(Contains("server-practice")));
}

TEST(Collection, ANameThatTheTextBringsInIsAParty) {
  EXPECT_THAT(only("We use Quincemail to write to you.", "named-third-party").parties,
              testing::ElementsAre("Quincemail"));
  EXPECT_THAT(kinds("We use HTTPS to keep it safe."), Not(Contains("named-third-party")));
  EXPECT_THAT(kinds("We use Content to show you more. Your content is yours."),
              Not(Contains("named-third-party")));
  EXPECT_THAT(kinds("We may provide your email address to Quincemail."),
              Contains("sale-or-sharing"));
  EXPECT_THAT(kinds("We transfer your email address to Canada."), Not(Contains("sale-or-sharing")));
}

TEST(Collection, MoreWaysToAskAndToGive) {
  EXPECT_THAT(practice("In order to judge your application we need at least your name."),
              Contains("name"));
  EXPECT_THAT(practice("If you like you may further add a telephone number."), Contains("phone"));
  EXPECT_THAT(practice("You would need to fill in your postal address."), Contains("address"));
  EXPECT_THAT(kinds("We will provide Quince Athletics with your email address."),
              Contains("sale-or-sharing"));
  EXPECT_THAT(kinds("It is good practice to read the privacy policy of any website at which you "
                    "register personal information."),
              testing::IsEmpty());
}

}  // namespace
}  // namespace affiant::policy
