// `affiant demo`: leaves the built-in demo site running.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include "base/interrupt.h"
#include "cli/commands.h"
#include "demo/demo.h"

namespace affiant::cli {
namespace {

int serve(int port) {
  const CatchInterrupts catching;
  const auto server = demo::DemoServer::start(static_cast<std::uint16_t>(port));
  if (!server) return report_error(server.error());
  fmt::print("{}\n", (*server)->url());
  std::fflush(stdout);
  fmt::print(stderr, "affiant: the demo site runs until Ctrl-C\n");
  while (!interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return kOk;
}

}  // namespace

void add_demo(CLI::App& app, Run* run) {
  CLI::App* command =
      app.add_subcommand("demo", "Serve the built-in demo site on loopback until Ctrl-C");
  auto port = std::make_shared<int>(0);
  command->add_option("--port", *port, "Port on 127.0.0.1 (default: a free one)")
      ->check(CLI::Range(0, 65'535));
  command->callback([=] { *run = [=] { return serve(*port); }; });
}

}  // namespace affiant::cli
