// One command of `affiant`: a file each, `cmd_<name>.cc`, listed in commands.h.
//
// Rules for all: stdout carries only what was asked for; progress and diagnostics go to stderr;
// colours and progress bars only on a terminal; exit codes as below. A command never throws.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "base/error.h"

namespace affiant::cli {

// Exit codes of the contract.
enum Exit : int {
  kOk = 0,
  kFindings = 1,  // Findings at or above --fail-on.
  kUsageError = 2,
  kBrokenEvidence = 3,
  kNotObserved = 4,  // Nothing loaded, browser died, host lost: never reported as clean.
};

// Of two exit codes the graver: not observed outweighs findings, broken evidence both.
int graver(int a, int b);

// The exit code that an error ends the program with.
Exit exit_for(const Error& error);

// Prints "affiant: <message>" to stderr (control characters made visible) and returns
// exit_for(error).
int report_error(const Error& error);

// Each add_* registers its subcommand on `app`; when it is chosen, `*run` is set to what to do.
using Run = std::function<int()>;

}  // namespace affiant::cli
