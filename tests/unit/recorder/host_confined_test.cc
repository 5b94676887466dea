// What affiant-host has given up, seen in the running process.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include "host_process_fixture.h"

namespace affiant::test {
namespace {

using testing::HasSubstr;

TEST_F(HostProcessTest, ItGivesUpPrivilegesNetworkAndItsParentsFilesAndRecordsAllTheSame) {
  const int forgotten = ::open("/dev/null", O_RDONLY);  // Not O_CLOEXEC: the host inherits it.
  const int far = ::dup2(forgotten, 300);
  HostProcess::Settings settings = audit();
#ifndef __SANITIZE_ADDRESS__  // Which must be the first library of all.
  settings["LD_PRELOAD"] = AFFIANT_SOCKET_PROBE;
  settings["AFFIANT_TEST_PROBE"] = (temp_.path() / "probe").string();
#endif
  HostProcess host(chromium_arguments(), settings);
  ::close(forgotten);
  ::close(far);
  begin(host);
  const std::string status = read_file(host.proc() / "status");
  EXPECT_THAT(status, HasSubstr("NoNewPrivs:\t1"));
  EXPECT_THAT(status, HasSubstr("Seccomp:\t2"));
  EXPECT_EQ(host.link_of(300), "") << "a descriptor of the browser's";
  EXPECT_EQ(host.link_of(forgotten).find("/dev/null"), std::string::npos);
#ifndef __SANITIZE_ADDRESS__
  EXPECT_EQ(read_file(temp_.path() / "probe"), "2 refused\n10 refused\n1 refused\n");
#endif
  ASSERT_TRUE(host.send(notes(1, 500)));
  ASSERT_TRUE(host.acknowledged(500));
  host.end_input();
  EXPECT_EQ(host.wait(), 0);
  expect_open_case(500);
}

// A person who tries what they saw in a process list gets the same words.
TEST_F(HostProcessTest, OnATerminalItExplainsItselfThoughItIsCalledAsABrowserCalls) {
  for (const auto& arguments : {chromium_arguments(), firefox_arguments(), {}}) {
    int terminal = -1;
    const pid_t pid = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (pid == 0) {
      const std::string program = std::string(AFFIANT_BIN_DIR) + "/affiant-host";
      std::vector<char*> argv = {const_cast<char*>(program.c_str())};
      for (const std::string& word : arguments) argv.push_back(const_cast<char*>(word.c_str()));
      argv.push_back(nullptr);
      ::execv(program.c_str(), argv.data());
      ::_exit(127);
    }
    std::string said;
    std::array<char, 4096> bytes{};
    for (ssize_t n = 0; (n = ::read(terminal, bytes.data(), bytes.size())) > 0;)
      said.append(bytes.data(), static_cast<std::size_t>(n));
    ::close(terminal);
    int status = 0;
    ::waitpid(pid, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 2);
    EXPECT_THAT(said, HasSubstr("there is nothing to do by hand"));
    EXPECT_THAT(said, HasSubstr("affiant doctor"));
  }
  EXPECT_FALSE(std::filesystem::exists(case_));
}

TEST_F(HostProcessTest, AnotherExtensionIsToldWhyItIsRefusedInBothBrowsersWays) {
  for (const std::vector<std::string>& stranger :
       {std::vector<std::string>{"chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"},
        std::vector<std::string>{kManifest, "other@example.org"}}) {
    HostProcess host(stranger, audit());
    const auto error = host.receive();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->at("code"), "permission");
    EXPECT_EQ(error->at("fatal"), true);
    EXPECT_THAT(error->at("message").get<std::string>(), HasSubstr("may not use this host"));
    EXPECT_EQ(host.wait(), 1);
    EXPECT_FALSE(std::filesystem::exists(case_));
  }
}

}  // namespace
}  // namespace affiant::test
