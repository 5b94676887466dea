#include "filters/skipped.h"

namespace affiant::filters {

std::string_view skip_words(Skip why) {
  switch (why) {
    case Skip::kElementHiding:
      return "hides or changes parts of a page";
    case Skip::kWholePage:
      return "an exception for a whole page";
    case Skip::kModifier:
      return "changes a request or an answer and blocks nothing";
    case Skip::kUndecidable:
      return "cannot be decided from a request";
    case Skip::kUnknownOption:
      return "an option that is not known";
    case Skip::kRegex:
      return "a regular expression that RE2 cannot express";
    case Skip::kMalformed:
      return "not a rule";
    case Skip::kTooBroad:
      return "would match every request";
    case Skip::kTooLong:
      return "too long";
    case Skip::kNotText:
      return "not UTF-8 text";
    case Skip::kNotForUs:
      return "for another program (!#if)";
    case Skip::kInclude:
      return "a file to include, not followed";
    case Skip::kTooMany:
      return "beyond the number of rules allowed";
  }
  return "not a rule";
}

}  // namespace affiant::filters
