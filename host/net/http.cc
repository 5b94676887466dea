#include "net/http.h"

#include <httplib.h>

#include "base/bytes.h"

namespace affiant::net {
namespace {

struct Place {
  std::string server;  // "https://host:port"
  std::string path;
};

Result<Place> split(const std::string& url) {
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  const std::size_t end = scheme == 0 ? 0 : std::min(url.find_first_of("/?#", scheme), url.size());
  if (scheme == 0 || end == scheme)
    return fail(Code::kUsage, "\"{}\" is not a URL that begins with http:// or https://",
                printable(url));
  for (const char c : url)
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f')
      return fail(Code::kUsage, "\"{}\" holds white space or control characters", printable(url));
  std::string path = url.substr(end, std::min(url.find('#', end), url.size()) - end);
  if (!path.starts_with('/')) path.insert(0, "/");
  return Place{url.substr(0, end), std::move(path)};
}

}  // namespace

Result<HttpAnswer> post(const HttpRequest& request) {
  AFFIANT_TRY(const Place place, split(request.url));
  try {
    httplib::Client client(place.server);
    client.set_connection_timeout(request.timeout_s);
    client.set_read_timeout(request.timeout_s);
    client.set_write_timeout(request.timeout_s);
    client.set_follow_location(false);
    client.set_keep_alive(false);
    if (!request.ca_file.empty()) client.set_ca_cert_path(request.ca_file);
    HttpAnswer answer;
    bool too_large = false;
    httplib::Request outgoing;
    outgoing.method = "POST";
    outgoing.path = place.path;
    outgoing.body = request.body;
    outgoing.set_header("Content-Type", request.content_type);
    outgoing.set_header("User-Agent", "affiant/" AFFIANT_VERSION);
    outgoing.content_receiver = [&](const char* data, std::size_t size, std::uint64_t,
                                    std::uint64_t) {
      too_large = answer.body.size() + size > request.max_answer_bytes;
      if (!too_large) answer.body.append(data, size);
      return !too_large;
    };
    const auto result = client.send(outgoing);
    if (too_large)
      return fail(Code::kTooLarge, "the answer of {} is over {} bytes", printable(request.url),
                  request.max_answer_bytes);
    if (!result)
      return fail(Code::kNetwork, "no answer from {}: {}", printable(request.url),
                  httplib::to_string(result.error()));
    answer.status = result->status;
    answer.content_type = result->get_header_value("Content-Type");
    return answer;
  } catch (const std::exception& error) {  // The library's own stop here.
    return fail(Code::kNetwork, "{}: {}", printable(request.url), error.what());
  }
}

}  // namespace affiant::net
