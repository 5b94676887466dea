#include "browser/session.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "base/bytes.h"

namespace affiant::browser {
namespace {

constexpr std::int64_t kMarionetteMs = 30'000;

std::string read_tail(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = in ? static_cast<std::streamoff>(in.tellg()) : 0;
  const std::streamoff start = std::max<std::streamoff>(0, size - 16'384);
  in.seekg(start);
  std::string text(static_cast<std::size_t>(size - start), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

Result<Session> Session::start(const Browser& browser, Setup setup) {
  std::unique_ptr<SocksServer> socks;
  if (browser.kind == Kind::kFirefox && !setup.maps.empty()) {
    AFFIANT_TRY(socks, SocksServer::start(setup.maps));
    setup.socks_port = socks->port();
  }
  AFFIANT_TRY(const Launch launch, prepare(browser, setup));
  AFFIANT_TRY(Process process, Process::start(launch.command));
  Session session(std::move(process), std::move(socks), launch.command.output);
  if (launch.install) {
    AFFIANT_TRY(Marionette marionette,
                Marionette::open(launch.profile, kMarionetteMs, [&] { return session.running(); }));
    AFFIANT_CHECK(marionette.install(*launch.install));
    session.marionette_.emplace(std::move(marionette));
  }
  return session;
}

std::string Session::last_words() const {
  std::istringstream lines(read_tail(log_));
  std::string chosen;
  // Browsers chatter; these are what a person can do something about.
  constexpr std::array<std::string_view, 9> kTelling = {"FATAL",
                                                        "ailed to load extension",
                                                        "ative messaging",
                                                        "ative host",
                                                        "o usable sandbox",
                                                        "cannot open display",
                                                        "Missing X server",
                                                        "shared libraries",
                                                        "No space left"};
  for (std::string line; std::getline(lines, line);)
    if (std::any_of(kTelling.begin(), kTelling.end(),
                    [&](std::string_view part) { return line.find(part) != std::string::npos; }))
      chosen = line;
  return printable(chosen, 300);
}

bool Session::sandbox_failed() const {
  const std::string text = read_tail(log_);
  return text.find("No usable sandbox") != std::string::npos ||
         text.find("Failed to move to new namespace") != std::string::npos;
}

}  // namespace affiant::browser
