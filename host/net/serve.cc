#include "net/serve.h"

#include <httplib.h>

#include <thread>

#include "net/loopback.h"

namespace affiant::net {

struct PostServer::Impl {
  httplib::Server server;
  std::thread thread;
  std::uint16_t port = 0;
};

PostServer::PostServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PostServer::~PostServer() {
  impl_->server.stop();
  impl_->thread.join();
}

std::uint16_t PostServer::port() const { return impl_->port; }

Result<std::unique_ptr<PostServer>> PostServer::start(
    std::uint16_t port, const std::string& path, std::size_t max_bytes,
    std::function<ServedAnswer(const std::string& body)> answer) {
  auto impl = std::make_unique<Impl>();
  httplib::Server& server = impl->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(8); };
  server.set_read_timeout(5);
  server.set_payload_max_length(max_bytes);
  AFFIANT_TRY(impl->port, bind_to_loopback(server, port, ""));
  // No pattern: the path is taken as it is.
  server.Post(".*", [path, answer = std::move(answer)](const httplib::Request& request,
                                                       httplib::Response& response) {
    if (request.path != path) {
      response.status = 404;
      response.set_content("only " + path + " is here\n", "text/plain");
      return;
    }
    const ServedAnswer out = answer(request.body);
    response.status = out.status;
    response.set_content(out.body, out.content_type);
  });
  const auto only_post = [](const httplib::Request&, httplib::Response& response) {
    response.status = 405;
    response.set_header("Allow", "POST");
  };
  server.Get(".*", only_post);
  server.Put(".*", only_post);
  server.Delete(".*", only_post);
  impl->thread = std::thread([&server] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::yield();
  return std::unique_ptr<PostServer>(new PostServer(std::move(impl)));
}

}  // namespace affiant::net
