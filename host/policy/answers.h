// What an answer of a word or two makes of the question before it. Internal to this layer. Pure.
#pragma once

#include <optional>

#include "policy/analysis.h"

namespace affiant::policy {

// The statement that "yes" or "no" makes of a question: "Do you use cookies?" "No.". Nothing when
// the answer is none of a few words, or the question cannot be answered so.
std::optional<Analysis> stated_by(const Analysis& question, const Analysis& answer);

// "Do you use tracking cookies?" "Only essential ones."
bool says_only_necessary(const Analysis& question, const Analysis& answer);

}  // namespace affiant::policy
