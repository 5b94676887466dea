#include <httplib.h>

#include <thread>

#include "demo/demo.h"
#include "demo/pages.h"
#include "net/loopback.h"

namespace affiant::demo {

struct DemoServer::Impl {
  httplib::Server server;
  std::thread thread;
  std::uint16_t port = 0;
};

namespace {

void serve(const httplib::Request& request, httplib::Response& response, std::uint16_t port) {
  std::string host = request.get_header_value("Host");
  host = host.substr(0, host.rfind(':'));
  const Answer result = answer(host, request.path, port);
  response.status = result.status;
  response.set_header("Cache-Control", "no-store");
  if (!result.location.empty()) response.set_header("Location", result.location);
  for (const std::string& cookie : result.cookies) response.set_header("Set-Cookie", cookie);
  response.set_content(result.body, result.type);
}

}  // namespace

DemoServer::DemoServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

DemoServer::~DemoServer() {
  impl_->server.stop();
  impl_->thread.join();
}

std::uint16_t DemoServer::port() const { return impl_->port; }

std::string DemoServer::url() const {
  return "http://" + std::string(kShop) + ":" + std::to_string(impl_->port) + "/";
}

Result<std::unique_ptr<DemoServer>> DemoServer::start(std::uint16_t port) {
  auto impl = std::make_unique<Impl>();
  httplib::Server& server = impl->server;
  // Browsers open sockets ahead of need; each holds a thread until it times out.
  server.new_task_queue = [] { return new httplib::ThreadPool(24); };
  server.set_keep_alive_max_count(1);
  server.set_read_timeout(2);
  AFFIANT_TRY(impl->port, net::bind_to_loopback(server, port, "the demo site "));
  server.Get(".*",
             [actual = impl->port](const httplib::Request& request, httplib::Response& response) {
               serve(request, response, actual);
             });
  impl->thread = std::thread([&server] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::yield();
  return std::unique_ptr<DemoServer>(new DemoServer(std::move(impl)));
}

}  // namespace affiant::demo
