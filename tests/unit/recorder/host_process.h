// affiant-host as a browser starts it: a real process, frames over pipes.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json/json.h"
#include "shared_data.h"

namespace affiant::test {

class HostProcess {
 public:
  using Settings = std::map<std::string, std::string>;

  // `settings`: environment variables; those of affiant that are not named are not set.
  HostProcess(std::vector<std::string> arguments, const Settings& settings) {
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    EXPECT_EQ(::pipe2(in.data(), O_CLOEXEC) | ::pipe2(out.data(), O_CLOEXEC) |
                  ::pipe2(err.data(), O_CLOEXEC),
              0);
    const std::string program = std::string(AFFIANT_BIN_DIR) + "/affiant-host";
    arguments.insert(arguments.begin(), program);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      ::dup2(err[1], 2);
      for (const char* name : {"AFFIANT_RUN", "AFFIANT_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        ::unsetenv(name);
      for (const auto& [name, value] : settings) ::setenv(name.c_str(), value.c_str(), 1);
      ::execv(program.c_str(), argv.data());
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    ::close(err[1]);
    in_ = in[1];
    out_ = out[0];
    err_ = err[0];
  }
  HostProcess(const HostProcess&) = delete;
  HostProcess& operator=(const HostProcess&) = delete;
  ~HostProcess() {
    end_input();
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(out_);
    ::close(err_);
  }

  // False when the host no longer reads.
  bool send_bytes(std::string_view bytes) const {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t n = ::write(in_, bytes.data() + done, bytes.size() - done);
      if (n < 0) return false;
      done += static_cast<std::size_t>(n);
    }
    return true;
  }
  bool send_text(std::string_view text) const {
    const auto length = static_cast<std::uint32_t>(text.size());
    std::string frame(4, '\0');
    std::memcpy(frame.data(), &length, 4);
    return send_bytes(frame.append(text));
  }
  bool send(const json::Value& message) const { return send_text(message.dump()); }

  // The next message; nothing at the end of output. A test fails when none comes for a minute.
  std::optional<json::Value> receive() {
    const auto head = read_exactly(4);
    if (!head) return std::nullopt;
    std::uint32_t length = 0;
    std::memcpy(&length, head->data(), 4);
    EXPECT_LE(length, limits::kFrameOut);
    const auto text = read_exactly(length);
    if (!text) {
      ADD_FAILURE() << "output ends inside a frame of " << length;
      return std::nullopt;
    }
    const auto message = json::parse(*text, "answer");
    EXPECT_TRUE(message) << *text;
    return message ? std::optional(*message) : std::nullopt;
  }
  // Reads on until a message of that type comes.
  std::optional<json::Value> receive_type(std::string_view type) {
    for (;;) {
      auto message = receive();
      if (!message || message->at("type") == type) return message;
    }
  }
  // Reads acknowledgements until one covers q.
  bool acknowledged(std::uint64_t q) {
    for (;;) {
      const auto message = receive_type("ack");
      if (!message) return false;
      durable = message->at("durable");
      if (durable >= q) return true;
    }
  }
  std::uint64_t durable = 0;  // The last one heard in acknowledged().

  void end_input() {
    if (in_ >= 0) ::close(in_);
    in_ = -1;
  }
  void signal(int number) const { ::kill(pid_, number); }
  // Exit code, or minus the signal that ended it.
  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  std::string rest_of_output() const { return drain(out_); }
  std::string standard_error() const { return drain(err_); }

  // Highest resident set so far, KiB.
  long peak_kib() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
    return -1;
  }
  std::filesystem::path proc() const { return "/proc/" + std::to_string(pid_); }
  std::string link_of(int fd) const {
    std::error_code error;
    return std::filesystem::read_symlink(
               "/proc/" + std::to_string(pid_) + "/fd/" + std::to_string(fd), error)
        .string();
  }

 private:
  static std::string drain(int fd) {
    std::string out;
    std::array<char, 4096> bytes{};
    for (ssize_t n = 0; (n = ::read(fd, bytes.data(), bytes.size())) > 0;)
      out.append(bytes.data(), static_cast<std::size_t>(n));
    return out;
  }
  std::optional<std::string> read_exactly(std::size_t size) const {
    constexpr int kPatienceMs = 60'000;
    std::string out(size, '\0');
    for (std::size_t done = 0; done < size;) {
      pollfd ready{out_, POLLIN, 0};
      if (::poll(&ready, 1, kPatienceMs) == 0) {
        ADD_FAILURE() << "no answer for " << kPatienceMs << " ms";
        return std::nullopt;
      }
      const ssize_t n = ::read(out_, out.data() + done, size - done);
      if (n <= 0) return std::nullopt;
      done += static_cast<std::size_t>(n);
    }
    return out;
  }

  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  int err_ = -1;
};

}  // namespace affiant::test
