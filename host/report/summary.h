// What a popup shows of a report: figures, the strongest findings, and what the site says in a few
// words. JSON on one line, `affiant.summary/1` (docs/protocol.md "summary").
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "report/report.h"

namespace affiant::report {

// Words of one closed list (kTopics in summary_said.cc), so that a popup can say them in its own
// language; names are as the site writes them. A topic may be in several lists: a site can say and
// deny the same.
struct Said {
  std::vector<std::string> uses;     // Said to be used, or that it may be.
  std::vector<std::string> names;    // Third parties that are named.
  std::vector<std::string> denies;   // Denied plainly.
  std::vector<std::string> bounded;  // Denied with an exception, a condition, a scope or a hedge.
  std::vector<std::string> silent;   // Seen here, and no statement or declared cookie is about it.
};

// Nothing is silent where no policy was read: what was not read says nothing either way.
Said said_in_short(const Report& report);

// Third parties and trackers are counted by registrable domain; `blocked` are the attempts that the
// browser let come to nothing: cookies refused, requests that it stopped itself.
struct SummaryCounts {
  std::size_t cookies = 0, third_parties = 0, trackers = 0, blocked = 0;
};
SummaryCounts summary_counts(const Report& report);

// What a finding is about, safe to show: names of cookies, owners, hosts, keys; the site's words.
struct About {
  std::vector<std::string> names;  // The first of them.
  std::size_t more = 0;            // How many others there are.
  std::string quote;               // Of the first statement that it cites; empty: none.
};
class CitedIndex;
About about(const Report& report, const CitedIndex& cited, const findings::Finding& finding);

std::string render_summary(const Report& report);  // Ends in a newline.

// The whole report for the extension's report page: a line of JSON a part, the report first.
std::string render_parts(const Report& report);

}  // namespace affiant::report
