// A request as filter rules ask about it, prepared once. Thread-safe once made.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "filters/types.h"
#include "site/site.h"

namespace affiant::filters {

// What `domain=` and `to=` are held against: a host, every parent of it, and the same without the
// public suffix ("example.*").
struct HostKey {
  std::uint32_t hash;
  std::string_view name;
  bool entity;
};
void append_host_keys(std::string_view host, std::string_view site, std::vector<HostKey>& out);

// The document that asked. Many requests share one; it must outlive them.
class Page {
 public:
  // Any URL; one without a host (about:blank, data:) or none at all gives a page that is party to
  // nothing: third-party and domain= rules do not apply to its requests.
  Page(std::string_view url, const site::SiteTable& sites);
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  const std::string& host() const { return host_; }
  const std::string& site() const { return site_; }
  const std::vector<HostKey>& keys() const { return keys_; }

 private:
  std::string host_, site_;
  std::vector<HostKey> keys_;  // Into host_.
};

class Request {
 public:
  // `type`: a browser's or a list's word, lower case (types.h). A top document ("main_frame") is
  // its own first party. kMalformed for what is no URL, kTooLarge above limits::kUrlBytes. A URL
  // that goes to no host (data:, blob:, about:) is a request that no rule applies to.
  static Result<Request> create(std::string_view url, const Page& page, std::string_view type,
                                const site::SiteTable& sites, std::string_view method = "GET");

  std::string_view host() const { return std::string_view(url_).substr(host_begin_, host_size_); }
  std::string_view site() const {  // Registrable domain of the host.
    return std::string_view(url_).substr(site_begin_, site_size_);
  }
  bool third_party() const { return third_party_; }

 private:
  friend class Engine;
  friend struct Candidate;
  std::string url_;  // Lower case, ASCII, host in Punycode.
  std::string raw_;  // The same with the case of the path kept; empty when it is no other.
  const Page* page_ = nullptr;
  std::size_t host_begin_ = 0, host_size_ = 0;  // In url_; a trailing dot left out.
  std::size_t site_begin_ = 0, site_size_ = 0;  // In url_.
  Types type_ = 0;
  Methods method_ = 0;
  bool third_party_ = false;
  bool network_ = false;  // http, https, ws, wss.
};

}  // namespace affiant::filters
