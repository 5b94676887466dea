// `affiant witness`: cosigns the checkpoints of logs it knows, for as long as it runs.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/interrupt.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "evidence/witness.h"
#include "net/serve.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string dir;
  std::string name = "affiant.invalid/witness";
  std::vector<std::string> logs;
  std::vector<std::string> files;
  int port = 0;
};

Result<std::vector<evidence::VerifierKey>> keys_of(const Options& options) {
  std::vector<evidence::VerifierKey> keys;
  const auto add = [&](std::string_view text, const std::string& where) -> Status {
    const auto key = evidence::parse_vkey(text);
    if (!key || key->type != 0x01)
      return fail(Code::kUsage, "{}: {}", where, key ? "not a log's key" : key.error().message);
    keys.push_back(*key);
    return {};
  };
  for (const std::string& log : options.logs) AFFIANT_CHECK(add(log, "--log"));
  for (const std::string& file : options.files) {
    AFFIANT_TRY(const std::string text, read_file(file, limits::kNoteBytes, "kNoteBytes"));
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = std::string_view(text).substr(at, end - at);
      at = end + 1;
      ++number;
      if (line.empty() || line.front() == '#') continue;
      AFFIANT_CHECK(add(line, fmt::format("{} line {}", printable(file), number)));
    }
  }
  if (keys.empty())
    return fail(Code::kUsage,
                "no log is named: a witness vouches only for logs whose key it was given (--log, "
                "--logs). A case has its own in keys/case.vkey");
  return keys;
}

int serve(const Options& options) {
  const CatchInterrupts catching;
  auto keys = keys_of(options);
  if (!keys) return report_error(keys.error());
  const std::size_t count = keys->size();
  const auto witness = evidence::Witness::open(options.dir, {options.name, std::move(*keys)});
  if (!witness) return report_error(witness.error());
  const auto server = net::PostServer::start(
      static_cast<std::uint16_t>(options.port), "/add-checkpoint", limits::kNoteBytes,
      [&](const std::string& body) {
        const auto now = static_cast<std::uint64_t>(std::time(nullptr));
        auto answer = (*witness)->add_checkpoint(body, now);
        return net::ServedAnswer{answer.status, std::move(answer.content_type),
                                 std::move(answer.body)};
      });
  if (!server) return report_error(server.error());
  fmt::print("{}\nhttp://127.0.0.1:{}\n", evidence::format_vkey((*witness)->vkey()),
             (*server)->port());
  std::fflush(stdout);
  fmt::print(stderr,
             "affiant: a witness of {} logs until Ctrl-C. Above: the key to name in a policy or "
             "after --witness-key, and the address to name after --witness\n",
             count);
  while (!interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return kOk;
}

}  // namespace

void add_witness(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand(
      "witness", "Cosign the checkpoints of others, so that they cannot show two histories");
  auto options = std::make_shared<Options>();
  command->add_option("--dir", options->dir, "Where its key and what it has seen are kept")
      ->required();
  command->add_option("--log", options->logs, "A log's verifier key (keys/case.vkey of a case)");
  command->add_option("--logs", options->files, "A file with one such key a line");
  command->add_option("--name", options->name, "Its name, used when its key is made")
      ->capture_default_str();
  command->add_option("--port", options->port, "On 127.0.0.1; 0: a free one")
      ->check(CLI::Range(0, 65'535));
  command->footer(
      "Speaks C2SP tlog-witness on loopback. Run it as another user, or on a colleague's machine "
      "behind a proxy of\nyour choice: a witness that the recorder controls proves nothing.\n\n"
      "Example:\n"
      "  affiant witness --dir ~/witness --log \"$(cat CASE/keys/case.vkey)\" --port 7380\n");
  command->callback([=] { *run = [=] { return serve(*options); }; });
}

}  // namespace affiant::cli
