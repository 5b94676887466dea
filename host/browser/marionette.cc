#include "browser/marionette.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <fstream>
#include <thread>
#include <utility>

#include "base/bytes.h"

namespace affiant::browser {
namespace {

constexpr std::size_t kMessage = 1U << 20U;

int connect_to(std::uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  // A browser that hangs must not hang us.
  const timeval patience{30, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) return fd;
  close(fd);
  return -1;
}

}  // namespace

Marionette::Marionette(Marionette&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), next_id_(other.next_id_), held_(std::move(other.held_)) {}

Marionette::~Marionette() {
  if (fd_ >= 0) close(fd_);
}

Result<Marionette> Marionette::open(const std::filesystem::path& profile, std::int64_t timeout_ms,
                                    const std::function<bool()>& alive) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  for (;;) {
    std::ifstream in(profile / "MarionetteActivePort");
    std::uint16_t port = 0;
    if (in >> port && port != 0) {
      if (const int fd = connect_to(port); fd >= 0) {
        Marionette session(fd);
        AFFIANT_TRY(const json::Value greeting, session.read_message());
        static_cast<void>(greeting);
        AFFIANT_CHECK(session.accept_any_certificate());
        return session;
      }
    }
    if (!alive()) return fail(Code::kBrowser, "Firefox ended while it was starting");
    if (std::chrono::steady_clock::now() > end)
      return fail(Code::kTimeout, "Firefox offered no Marionette port within {} s",
                  timeout_ms / 1000);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

// A message is its length in decimal, ':', and so many bytes of JSON.
Result<json::Value> Marionette::read_message() {
  for (;;) {
    std::size_t size = 0;
    const char* const end = held_.data() + held_.size();
    const auto [at, error] = std::from_chars(held_.data(), end, size);
    if (error == std::errc() && at != end) {
      if (*at != ':' || size > kMessage)
        return fail(Code::kBrowser, "Firefox's Marionette port does not speak Marionette");
      const std::size_t start = static_cast<std::size_t>(at - held_.data()) + 1;
      if (held_.size() >= start + size) {
        const std::string text = held_.substr(start, size);
        held_.erase(0, start + size);
        return json::parse(text, "Marionette message");
      }
    } else if (!held_.empty() && error != std::errc()) {
      return fail(Code::kBrowser, "Firefox's Marionette port does not speak Marionette");
    }
    char chunk[8'192];
    const ssize_t got = recv(fd_, chunk, sizeof(chunk), 0);
    if (got <= 0) return fail(Code::kBrowser, "Firefox closed its Marionette port");
    held_.append(chunk, static_cast<std::size_t>(got));
  }
}

// [0, id, command, parameters] is answered by [1, id, error or null, result].
Result<json::Value> Marionette::call(const char* command, const json::Value& parameters) {
  const int id = ++next_id_;
  AFFIANT_TRY(const std::string body,
              json::canonical(json::Value::array({0, id, command, parameters})));
  const std::string message = std::to_string(body.size()) + ":" + body;
  if (send(fd_, message.data(), message.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(message.size()))
    return fail(Code::kBrowser, "Firefox closed its Marionette port");
  for (;;) {
    AFFIANT_TRY(json::Value answer, read_message());
    if (!answer.is_array() || answer.size() != 4 || answer[1] != id) continue;
    if (answer[2].is_null()) return std::move(answer[3]);
    const auto text = json::canonical(answer[2]);
    return fail(Code::kBrowser, "Firefox refuses {}: {}", command,
                text ? printable(*text, 300) : "no reason given");
  }
}

// Capabilities are given flat: "alwaysMatch" is for those who match them first, and ignored here.
Status Marionette::accept_any_certificate() {
  AFFIANT_TRY(const json::Value answer,
              call("WebDriver:NewSession", {{"acceptInsecureCerts", true}}));
  const json::Value::json_pointer accepted("/capabilities/acceptInsecureCerts");
  if (answer.contains(accepted) && answer[accepted] == true) return {};
  return fail(Code::kBrowser,
              "Firefox does not take up acceptInsecureCerts: --insecure cannot be had "
              "with it. Name the authority with --ca FILE");
}

Status Marionette::install(const std::filesystem::path& extension) {
  AFFIANT_TRY(const json::Value id,
              call("Addon:Install", {{"path", extension.string()}, {"temporary", true}}));
  static_cast<void>(id);
  return {};
}

}  // namespace affiant::browser
