#include "cli/confirm.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace affiant::cli {

bool confirmed(const std::string& question) {
  if (isatty(STDIN_FILENO) == 0) return true;
  fmt::print(stderr, "{} Type yes: ", question);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "yes";
}

}  // namespace affiant::cli
