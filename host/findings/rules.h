// One rule a file. Each returns its findings unnumbered; compare() orders and numbers them.
// Internal to this layer.
#pragma once

#include "findings/context.h"

namespace affiant::findings {

Drafts contradicted_denial(const Context& context);        // F1
Drafts internal_contradiction(const Context& context);     // F2
Drafts undeclared_cookie(const Context& context);          // F4
Drafts undeclared_third_party(const Context& context);     // F5
Drafts vague_disclosure(const Context& context);           // F6
Drafts lifetime_exceeds(const Context& context);           // F7
Drafts lifetime_shorter(const Context& context);           // F8
Drafts purpose_mismatch(const Context& context);           // F9
Drafts contradictory_declaration(const Context& context);  // F10
Drafts unclassified_cookie(const Context& context);        // F11
Drafts set_before_consent(const Context& context);         // F12
Drafts kept_after_reject(const Context& context);          // F13
Drafts signal_ignored(const Context& context);             // F14
Drafts condition_exceeded(const Context& context);         // F15
Drafts wrong_party(const Context& context);                // F16
Drafts undeclared_storage(const Context& context);         // F17
Drafts undeclared_technique(const Context& context);       // F17
Drafts personal_data_leak(const Context& context);         // F18
Drafts declared_not_seen(const Context& context);          // F19
Drafts policy_missing(const Context& context);             // F20

}  // namespace affiant::findings
