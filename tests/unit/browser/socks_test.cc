#include "browser/socks.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace affiant::browser {
namespace {

int listen_on_loopback(std::uint16_t* port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  bind(fd, reinterpret_cast<sockaddr*>(&address), size);
  listen(fd, 8);
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  *port = ntohs(address.sin_port);
  return fd;
}

int connect_to(std::uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const timeval patience{10, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  return fd;
}

void put(int fd, const std::string& bytes) {
  ASSERT_EQ(send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
}

// Exactly so many bytes, or fewer at the end of the stream.
std::string take(int fd, std::size_t size) {
  std::string bytes(size, '\0');
  const ssize_t got = recv(fd, bytes.data(), size, MSG_WAITALL);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

std::string request(std::string_view host, std::uint16_t port) {
  std::string bytes("\x05\x01\x00\x03", 4);
  bytes += static_cast<char>(host.size());
  bytes += host;
  bytes += static_cast<char>(port >> 8);
  bytes += static_cast<char>(port & 255);
  return bytes;
}

class SocksTest : public testing::Test {
 protected:
  void SetUp() override {
    site_ = listen_on_loopback(&site_port_);
    auto rule = parse_map_rule("*.shop.example:443=127.0.0.1:" + std::to_string(site_port_));
    ASSERT_TRUE(rule);
    auto server = SocksServer::start({*rule});
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
  }
  void TearDown() override { close(site_); }
  int site_ = -1;
  std::uint16_t site_port_ = 0;
  std::unique_ptr<SocksServer> server_;
};

TEST_F(SocksTest, WhatARuleCoversIsCarriedBothWaysToItsEnd) {
  const int browser = connect_to(server_->port());
  put(browser, std::string("\x05\x01\x00", 3));
  EXPECT_EQ(take(browser, 2), std::string("\x05\x00", 2));
  put(browser, request("www.shop.example", 443));
  const int accepted = accept(site_, nullptr, nullptr);
  EXPECT_EQ(take(browser, 10).substr(0, 2), std::string("\x05\x00", 2));

  std::string large;
  for (int i = 0; i < 400'000; ++i) large += static_cast<char>(i * 31 % 251);
  std::thread sender([&] {
    put(browser, large);
    shutdown(browser, SHUT_WR);
  });
  EXPECT_EQ(take(accepted, large.size() + 1), large);
  sender.join();
  std::thread answerer([&] {
    put(accepted, large);
    close(accepted);
  });
  EXPECT_EQ(take(browser, large.size() + 1), large);
  answerer.join();
  close(browser);
}

TEST_F(SocksTest, BytesMayComeOneAtATime) {
  const int browser = connect_to(server_->port());
  for (const char c : std::string("\x05\x01\x00", 3) + request("a.shop.example", 443)) {
    put(browser, std::string(1, c));
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_EQ(take(browser, 12).substr(0, 4), std::string("\x05\x00\x05\x00", 4));
  close(browser);
}

TEST_F(SocksTest, WhatNoRuleCoversIsRefused) {
  for (const auto& [host, port] : {std::pair<std::string, std::uint16_t>{"shop.example", 443},
                                   {"www.shop.example", 80},
                                   {"127.0.0.1", 22}}) {
    const int browser = connect_to(server_->port());
    put(browser, std::string("\x05\x01\x00", 3) + request(host, port));
    EXPECT_EQ(take(browser, 2), std::string("\x05\x00", 2));
    EXPECT_EQ(take(browser, 11).substr(0, 2), std::string("\x05\x02", 2)) << host;
    close(browser);
  }
}

TEST_F(SocksTest, WhatIsNoSocksIsDropped) {
  for (const std::string& bytes :
       {std::string("GET / HTTP/1.1\r\n\r\n"), std::string("\x04\x01\x00\x50", 4),
        std::string("\x05\x01\x02", 3),
        std::string("\x05\x01\x00\x05\x02\x00\x03\x01", 8) + "a\0P"}) {
    const int browser = connect_to(server_->port());
    put(browser, bytes);
    shutdown(browser, SHUT_WR);
    const std::string answer = take(browser, 64);
    EXPECT_TRUE(answer.empty() || answer == std::string("\x05\x00", 2));
    close(browser);
  }
}

TEST_F(SocksTest, ASiteThatIsNotThereIsTold) {
  close(site_);
  const int browser = connect_to(server_->port());
  put(browser, std::string("\x05\x01\x00", 3) + request("www.shop.example", 443));
  EXPECT_EQ(take(browser, 2), std::string("\x05\x00", 2));
  EXPECT_EQ(take(browser, 11).substr(0, 2), std::string("\x05\x05", 2));
  close(browser);
  site_ = -1;
}

TEST_F(SocksTest, StoppingWithOpenConnectionsDoesNotHang) {
  const int browser = connect_to(server_->port());
  put(browser, std::string("\x05\x01\x00", 3) + request("www.shop.example", 443));
  EXPECT_EQ(take(browser, 12).size(), 12U);
  server_.reset();
  EXPECT_EQ(take(browser, 1), "");
  close(browser);
}

TEST(Socks, AnAddressThatDoesNotResolveIsAnErrorAtStart) {
  const auto rule = parse_map_rule("shop.example=no-such-host.invalid:80");
  ASSERT_TRUE(rule);
  const auto server = SocksServer::start({*rule});
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().code, Code::kNetwork);
}

}  // namespace
}  // namespace affiant::browser
