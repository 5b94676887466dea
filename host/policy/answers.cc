#include "policy/answers.h"

#include <algorithm>
#include <array>

#include "policy/sentence_walk.h"

namespace affiant::policy {
namespace {

bool asks(const Analysis& question) {
  return question.question && (question.at(0, Tag::kDo) || question.at(0, Tag::kBe) ||
                               question.at(0, Tag::kMay) || question.at(0, Tag::kWill));
}

bool may_be_more(const std::string& purpose) {
  return purpose == "analytics" || purpose == "advertising" || purpose == "social" ||
         purpose == "personalisation";
}

}  // namespace

std::optional<Analysis> stated_by(const Analysis& question, const Analysis& answer) {
  const bool yes = answer.find(Tag::kYes) == 0, no = answer.find(Tag::kNope) == 0;
  const auto words = std::count_if(answer.tokens.begin(), answer.tokens.end(),
                                   [](const Token& t) { return !t.punctuation; });
  if ((!yes && !no) || static_cast<std::size_t>(words) > kShortAnswer || !asks(question))
    return std::nullopt;
  Analysis stated = question;
  stated.question = false;
  for (Predicate& p : stated.predicates)
    if (p.polarity == Polarity::kPlain && no) p.polarity = Polarity::kDenied;
  // "Do you use ...?", asked of the site by its visitor; "do you have to ...?" is not.
  const bool of_site =
      question.size() > 2 && question.tokens[1].word == "you" &&
      std::any_of(question.predicates.begin(), question.predicates.end(), [](const Predicate& p) {
        return p.at >= 2 && p.at <= 4 && p.role == Role::kMain;
      });
  for (Clause& clause : stated.clauses)
    if (of_site && clause.subject == Subject::kYou) clause.subject = Subject::kWe;
  return stated;
}

bool says_only_necessary(const Analysis& question, const Analysis& answer) {
  constexpr std::size_t kLongest = 16, kNear = 5;
  if (!asks(question) || !question.has(Tag::kCookie) || answer.size() > kLongest ||
      std::none_of(question.predicates.begin(), question.predicates.end(), [&](const Predicate& p) {
        return question.at(p.at, Tag::kUse) || question.at(p.at, Tag::kSet);
      }))
    return false;
  std::size_t only = 0;
  if (answer.at(0, Tag::kYes)) ++only;
  while (only > 0 && only < answer.size() && one_of(answer.tokens[only].word, {",", "-", "but"}))
    ++only;
  std::size_t thing = only;
  while (thing < answer.size() && !answer.at(thing, Tag::kCookie) &&
         answer.tokens[thing].word != "ones")
    ++thing;
  if (!answer.at(only, Tag::kOnly) || thing >= answer.size() || thing > only + kNear ||
      !answer.has(Tag::kNecessary, only, thing))
    return false;
  // Whatever bounds it, or goes on to other things.
  constexpr auto kMore = std::to_array<Tag>(
      {Tag::kUnnecessary, Tag::kNot, Tag::kNo, Tag::kHedge, Tag::kIf, Tag::kUnless, Tag::kExcept,
       Tag::kThird, Tag::kConsent, Tag::kMay, Tag::kOpenlist, Tag::kVendor, Tag::kTracker,
       Tag::kBeacon, Tag::kStorage, Tag::kTracking, Tag::kBut});
  for (const Tag tag : kMore)
    if (answer.has(tag, only)) return false;
  for (std::size_t i = only; i < thing; ++i)
    if (one_of(answer.tokens[i].word, {"and", "or", ",", "/"})) return false;
  const std::vector<std::string> purposes = answer.values(Tag::kPurpose);
  return !answer.has(Tag::kCookie, thing + 1) &&
         std::none_of(purposes.begin(), purposes.end(), may_be_more);
}

}  // namespace affiant::policy
