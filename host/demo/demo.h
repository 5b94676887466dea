// The built-in demo: a shop that says one thing and does another, with the third parties it uses,
// served on one loopback port under several names that end in .localhost (RFC 6761 section 6.3).
//
// What it does is fixed and listed by demo_truth(), so that it is also a canary: a browser in which
// an item of that list is not seen cannot be relied on to see it elsewhere.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::demo {

inline constexpr std::string_view kShop = "shop.localhost";
inline constexpr std::string_view kTracker = "tracker.localhost";
inline constexpr std::string_view kAds = "cdn-ads.localhost";
inline constexpr std::string_view kFonts = "fonts.localhost";

class DemoServer {
 public:
  // Serves on 127.0.0.1:port (0: a free one) until destroyed. kNetwork when the port is taken.
  static Result<std::unique_ptr<DemoServer>> start(std::uint16_t port);
  ~DemoServer();
  DemoServer(const DemoServer&) = delete;
  DemoServer& operator=(const DemoServer&) = delete;

  std::uint16_t port() const;
  std::string url() const;  // Of the shop's front page.

 private:
  struct Impl;
  explicit DemoServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

enum class What : std::uint8_t {
  kHeaderCookie,       // name: the cookie's; host: of the response that sets it.
  kScriptCookie,       // host: of the frame; other: of the script.
  kJarCookie,          // A cookie that must be in the final jar; host: its domain.
  kRequest,            // name: the path; other: the resource type.
  kRedirect,           // other: the host redirected to.
  kStorage,            // name: the key; other: the area. A call of setItem.
  kStorageByProperty,  // The same, written as a property: seen by looking, not by a call.
  kPolicyPage,         // name: the path; its text must be captured.
  kDeclared,           // name: a cookie that the cookie table declares and nobody sets.
};

struct Truth {
  What what;
  std::string_view host, name, other;
  std::string_view words;  // For people: "a cookie set by a response of the shop".
};

// Everything that recording the front page and the policy pages must show, in either browser,
// whatever its mode for third-party cookies.
std::span<const Truth> demo_truth();

}  // namespace affiant::demo
