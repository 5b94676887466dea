#include "browser/socks.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <list>
#include <optional>
#include <string>
#include <thread>

namespace affiant::browser {
namespace {

constexpr std::size_t kBuffer = 65'536;  // Held for each direction of each connection.
constexpr std::size_t kConnections = 1'000;

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

struct Target {
  MapRule rule;
  sockaddr_storage address{};
  socklen_t length = 0;
};

enum class State : std::uint8_t { kGreeting, kRequest, kConnecting, kOpen };

// Bytes on their way from one side to the other.
struct Flow {
  std::string held;
  bool ended = false;  // The sender will send no more.
  bool shut = false;   // And the receiver has been told.
};

struct Connection {
  Fd browser, site;
  State state = State::kGreeting;
  Flow up, down;  // Browser to site, site to browser.
};

bool would_block(ssize_t result) {
  return result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

// Reads what fits; false when the connection is broken.
bool fill(int from, Flow* flow) {
  char chunk[16'384];
  const ssize_t got = recv(from, chunk, std::min(sizeof(chunk), kBuffer - flow->held.size()), 0);
  if (got > 0) flow->held.append(chunk, static_cast<std::size_t>(got));
  if (got == 0) flow->ended = true;
  return got >= 0 || would_block(got);
}

bool drain(int to, Flow* flow) {
  if (!flow->held.empty()) {
    const ssize_t sent = send(to, flow->held.data(), flow->held.size(), MSG_NOSIGNAL);
    if (sent > 0) flow->held.erase(0, static_cast<std::size_t>(sent));
    if (sent < 0 && !would_block(sent)) return false;
  }
  if (flow->held.empty() && flow->ended && !flow->shut) {
    shutdown(to, SHUT_WR);
    flow->shut = true;
  }
  return true;
}

std::string reply(char code) {
  return std::string("\x05", 1) + code + std::string("\0\x01\0\0\0\0\0\0", 8);
}

class Server final : public SocksServer {
 public:
  Server(Fd listener, Fd stop, std::uint16_t port, std::vector<Target> targets)
      : listener_(std::move(listener)),
        stop_(std::move(stop)),
        port_(port),
        targets_(std::move(targets)),
        thread_([this] { serve(); }) {}
  ~Server() override {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t told = write(stop_.get(), &one, sizeof(one));
    thread_.join();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  std::uint16_t port() const override { return port_; }

 private:
  void serve() {
    std::vector<pollfd> polled;
    for (;;) {
      polled = {{stop_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
      for (const Connection& c : connections_) add(c, &polled);
      if (poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) return;
      if (polled[0].revents != 0) return;
      std::size_t at = 2;
      for (auto it = connections_.begin(); it != connections_.end(); at += 2)
        it = step(&*it, polled[at].revents, polled[at + 1].revents) ? std::next(it)
                                                                    : connections_.erase(it);
      if (polled[1].revents != 0) accept_one();
    }
  }

  static void add(const Connection& c, std::vector<pollfd>* polled) {
    short browser = 0, site = 0;
    if (c.state != State::kConnecting && !c.up.ended && c.up.held.size() < kBuffer)
      browser |= POLLIN;
    if (!c.down.held.empty()) browser |= POLLOUT;
    if (c.state == State::kConnecting || (c.state == State::kOpen && !c.up.held.empty()))
      site |= POLLOUT;
    if (c.state == State::kOpen && !c.down.ended && c.down.held.size() < kBuffer) site |= POLLIN;
    // A negative descriptor is skipped; so is one from which nothing is wanted, lest POLLHUP spin.
    polled->push_back({browser == 0 ? -1 : c.browser.get(), browser, 0});
    polled->push_back({site == 0 ? -1 : c.site.get(), site, 0});
  }

  void accept_one() {
    Fd browser(accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!browser.open() || connections_.size() >= kConnections) return;
    connections_.emplace_back();
    connections_.back().browser = std::move(browser);
  }

  // False: the connection is over.
  bool step(Connection* c, short browser, short site) {
    if ((browser & (POLLIN | POLLHUP | POLLERR)) != 0 && !fill(c->browser.get(), &c->up))
      return false;
    if (c->state == State::kGreeting && !greet(c)) return false;
    if (c->state == State::kRequest && !request(c)) return false;
    if (c->state == State::kConnecting && site != 0 && !connected(c)) return false;
    if (c->state == State::kOpen) {
      if ((site & (POLLIN | POLLHUP | POLLERR)) != 0 && !fill(c->site.get(), &c->down))
        return false;
      if (!drain(c->site.get(), &c->up)) return false;
    } else if (c->up.ended) {
      return false;
    }
    if (!drain(c->browser.get(), &c->down)) return false;
    return !(c->up.shut && c->down.shut);
  }

  // RFC 1928 section 3: VER NMETHODS METHODS; answered with "no authentication".
  static bool greet(Connection* c) {
    const std::string& in = c->up.held;
    if (in.size() < 2) return true;
    const std::size_t size = 2 + static_cast<unsigned char>(in[1]);
    if (in[0] != 5) return false;
    if (in.size() < size) return true;
    if (in.find('\0', 2) >= size) return false;
    c->up.held.erase(0, size);
    c->down.held += std::string("\x05\0", 2);
    c->state = State::kRequest;
    return true;
  }

  // Section 4: VER CMD RSV ATYP DST.ADDR DST.PORT; only CONNECT, and only by name or IPv4.
  bool request(Connection* c) {
    const std::string& in = c->up.held;
    if (in.size() < 5) return true;
    if (in[0] != 5 || in[1] != 1) return false;
    const bool by_name = in[3] == 3;
    if (!by_name && in[3] != 1) return false;
    const std::size_t start = by_name ? 5 : 4;
    const std::size_t length = by_name ? static_cast<unsigned char>(in[4]) : 4;
    if (in.size() < start + length + 2) return true;
    std::string host = in.substr(start, length);
    if (!by_name)
      host = fmt::format("{}.{}.{}.{}", static_cast<unsigned char>(host[0]),
                         static_cast<unsigned char>(host[1]), static_cast<unsigned char>(host[2]),
                         static_cast<unsigned char>(host[3]));
    const auto port =
        static_cast<std::uint16_t>(static_cast<unsigned char>(in[start + length]) << 8 |
                                   static_cast<unsigned char>(in[start + length + 1]));
    c->up.held.erase(0, start + length + 2);
    const auto target = std::find_if(targets_.begin(), targets_.end(),
                                     [&](const Target& t) { return covers(t.rule, host, port); });
    if (target == targets_.end()) return refuse(c, 2);  // Not allowed by ruleset.
    c->site = Fd(socket(target->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!c->site.open()) return refuse(c, 1);
    const int result =
        connect(c->site.get(), reinterpret_cast<const sockaddr*>(&target->address), target->length);
    if (result != 0 && errno != EINPROGRESS) return refuse(c, 5);
    c->state = State::kConnecting;
    return true;
  }

  static bool connected(Connection* c) {
    int why = 0;
    socklen_t size = sizeof(why);
    if (getsockopt(c->site.get(), SOL_SOCKET, SO_ERROR, &why, &size) != 0 || why != 0)
      return refuse(c, why == ECONNREFUSED ? 5 : 4);
    c->down.held += reply(0);
    c->state = State::kOpen;
    return true;
  }

  // The reply is sent at once: some bytes always fit into a fresh socket.
  static bool refuse(Connection* c, char code) {
    c->down.held += reply(code);
    static_cast<void>(drain(c->browser.get(), &c->down));
    return false;
  }

  Fd listener_, stop_;
  std::uint16_t port_;
  std::vector<Target> targets_;
  std::list<Connection> connections_;
  std::thread thread_;
};

Result<Target> resolve(const MapRule& rule) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int error =
      getaddrinfo(rule.address.c_str(), std::to_string(rule.to_port).c_str(), &hints, &list);
  if (error != 0 || list == nullptr)
    return fail(Code::kNetwork, "--map {}=...: {} does not resolve: {}", rule.host, rule.address,
                gai_strerror(error));
  Target target;
  target.rule = rule;
  target.length = list->ai_addrlen;
  std::memcpy(&target.address, list->ai_addr, list->ai_addrlen);
  freeaddrinfo(list);
  return target;
}

}  // namespace

Result<std::unique_ptr<SocksServer>> SocksServer::start(const std::vector<MapRule>& rules) {
  std::vector<Target> targets;
  for (const MapRule& rule : rules) {
    AFFIANT_TRY(Target target, resolve(rule));
    targets.push_back(std::move(target));
  }
  Fd listener(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  Fd stop(eventfd(0, EFD_CLOEXEC));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (!listener.open() || !stop.open() || bind(listener.get(), generic, length) != 0 ||
      listen(listener.get(), 256) != 0 || getsockname(listener.get(), generic, &length) != 0)
    return fail(Code::kNetwork, "cannot listen on 127.0.0.1 for --map: {}", std::strerror(errno));
  return std::unique_ptr<SocksServer>(std::make_unique<Server>(
      std::move(listener), std::move(stop), ntohs(address.sin_port), std::move(targets)));
}

}  // namespace affiant::browser
