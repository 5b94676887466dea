// The pages of a bundle that people read: what it is, how to check it without us, and the form for
// whoever certifies it. Pure: the same bundle gives the same text.
#pragma once

#include <string>
#include <vector>

#include "evidence/verify.h"

namespace affiant::bundle {

struct About {
  std::string site;                   // Host under audit; may be empty.
  std::string file;                   // The bundle's own name.
  std::string producer;               // "affiant 0.1.0".
  std::vector<std::string> withheld;  // "values", "urls", "ips", "rows".
  std::string stamp_checks;           // Commands that check the time stamps; empty: there are none.
  bool proofs = false;
  bool report = true;
};

std::string readme(const evidence::Verdict& verdict, const About& about);
std::string certification(const evidence::Verdict& verdict, const About& about);
// A script for a POSIX shell that checks proofs/<i>.tlog-proof with openssl and standard tools.
std::string check_proof_script();

}  // namespace affiant::bundle
