#include "browser/profile.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace affiant::browser {
namespace fs = std::filesystem;

Result<Launch> prepare(const Browser& browser, const Setup& setup) {
  for (const char* folder : {"home", "tmp", "config", "data", "cache", "state"}) {
    std::error_code error;
    fs::create_directories(setup.run_dir / folder, error);
    if (error)
      return fail(error == std::errc::no_space_on_device ? Code::kNoSpace : Code::kIo,
                  "cannot make {}: {}", (setup.run_dir / folder).string(), error.message());
    fs::permissions(setup.run_dir / folder, fs::perms::owner_all, error);
  }
  return browser.kind == Kind::kChromium ? prepare_chromium(browser, setup)
                                         : prepare_firefox(browser, setup);
}

Command base_command(const Browser& browser, const Setup& setup) {
  Command command;
  command.argv = {browser.program.string()};
  command.output = setup.run_dir / "browser.log";
  command.directory = setup.run_dir;
  const auto below = [&](const char* name) { return (setup.run_dir / name).string(); };
  command.set = {{"HOME", below("home")},
                 {"TMPDIR", below("tmp")},
                 {"XDG_CONFIG_HOME", below("config")},
                 {"XDG_DATA_HOME", below("data")},
                 {"XDG_CACHE_HOME", below("cache")},
                 {"XDG_STATE_HOME", below("state")},
                 {"AFFIANT_RUN", setup.run_dir.string()},
                 {"MOZ_CRASHREPORTER_DISABLE", "1"}};
  // What could bend a browser away from its defaults, or hand it to another that is running.
  command.unset = {"MOZ_HEADLESS",        "MOZ_PROFILER_STARTUP", "MOZ_LOG",
                   "MOZ_LOG_FILE",        "CHROME_USER_DATA_DIR", "CHROMIUM_FLAGS",
                   "CHROMIUM_USER_FLAGS", "XPCOM_DEBUG_BREAK",    "SSLKEYLOGFILE"};
  if (setup.headed) {
    const char* home = std::getenv("HOME");
    if (std::getenv("XAUTHORITY") == nullptr && home != nullptr)
      command.set["XAUTHORITY"] = std::string(home) + "/.Xauthority";
  } else {
    command.set["XDG_RUNTIME_DIR"] = below("tmp");
    // Not merely unset: then libdbus would start a bus of its own, which outlives us.
    command.set["DBUS_SESSION_BUS_ADDRESS"] = "disabled:";
    command.unset.insert({"DISPLAY", "WAYLAND_DISPLAY"});
  }
  return command;
}

Status write_file(const fs::path& file, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  bool good = fd >= 0;
  std::size_t done = 0;
  while (good && done < bytes.size()) {
    const ssize_t wrote = write(fd, bytes.data() + done, bytes.size() - done);
    good = wrote > 0;
    if (good) done += static_cast<std::size_t>(wrote);
  }
  const int why = errno;
  if (fd >= 0) close(fd);
  if (!good)
    return fail(why == ENOSPC ? Code::kNoSpace : Code::kIo, "cannot write {}: {}", file.string(),
                std::strerror(why));
  return {};
}

Status trust_in_nss(const fs::path& dir, const fs::path& ca) {
  std::error_code error;
  fs::create_directories(dir, error);
  const auto certutil = [&](std::vector<std::string> arguments) -> Result<std::string> {
    Command command;
    command.argv = {"/usr/bin/env", "certutil"};
    command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
    return run_to_end(std::move(command), 30'000);
  };
  const std::string database = "sql:" + dir.string();
  const auto explain = [&](const Error& cause) -> tl::unexpected<Error> {
    if (cause.message.find("status 127") != std::string::npos)
      return fail(Code::kNotFound,
                  "--ca needs certutil, which is not installed (Debian: apt-get install "
                  "libnss3-tools)");
    return fail(Code::kUsage, "--ca {}: certutil does not take it for a certificate authority: {}",
                ca.string(), cause.message);
  };
  if (!fs::exists(dir / "cert9.db", error))
    if (const auto made = certutil({"-N", "-d", database, "--empty-password"}); !made)
      return explain(made.error());
  const auto added = certutil({"-A", "-d", database, "-n", "affiant audit", "-t", "C,,", "-i",
                               fs::absolute(ca, error).string()});
  if (!added) return explain(added.error());
  return {};
}

}  // namespace affiant::browser
