#include "cli/confirm.h"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include "base/streams.h"
#include "base/terminal.h"

namespace affiant::cli {

bool confirmed(const std::string& question) {
  if (!is_terminal(kStdin)) return true;
  fmt::print(stderr, "{} Type yes: ", question);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "yes";
}

}  // namespace affiant::cli
