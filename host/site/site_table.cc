#include <libpsl.h>

#include <algorithm>
#include <mutex>

#include "site/domain_cache.h"
#include "site/site.h"

namespace affiant::site {

struct SiteTable::Impl {
  psl_ctx_t* owned = nullptr;  // Freed by us; null for the built-in list.
  const psl_ctx_t* list = nullptr;
  std::string source;
  std::mutex mutex;  // Guards cache.
  DomainCache cache;
  ~Impl() { psl_free(owned); }

  std::size_t begin_of(std::string_view host);
};

namespace {

std::string_view without_dots(std::string_view host) {
  if (!host.empty() && host.front() == '.') host.remove_prefix(1);
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  return host;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (is_upper(c)) c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

}  // namespace

// Where the registrable domain of a host in lower case begins.
std::size_t SiteTable::Impl::begin_of(std::string_view host) {
  if (is_ip_literal(host)) return 0;
  {
    const std::lock_guard lock(mutex);
    if (const auto begin = cache.find(host)) return *begin;
  }
  const std::string key(host);
  const char* domain = psl_registrable_domain(list, key.c_str());
  const auto begin = domain == nullptr ? 0U : static_cast<std::size_t>(domain - key.c_str());
  const std::lock_guard lock(mutex);
  if (!cache.find(host)) cache.add(host, begin);
  return begin;
}

SiteTable::SiteTable(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SiteTable::SiteTable(SiteTable&&) noexcept = default;
SiteTable& SiteTable::operator=(SiteTable&&) noexcept = default;
SiteTable::~SiteTable() = default;

Result<SiteTable> SiteTable::built_in() {
  auto impl = std::make_unique<Impl>();
  impl->list = psl_builtin();
  if (impl->list == nullptr)
    return fail(Code::kNotFound,
                "libpsl was built without a Public Suffix List; give one with --psl FILE");
  impl->source =
      fmt::format("libpsl {} built-in list, sha1 {}", psl_get_version(), psl_builtin_sha1sum());
  return SiteTable(std::move(impl));
}

Result<SiteTable> SiteTable::from_file(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  impl->owned = psl_load_file(path.c_str());
  if (impl->owned == nullptr)
    return fail(Code::kNotFound, "{}: cannot be read as a Public Suffix List", path);
  impl->list = impl->owned;
  impl->source = path;
  return SiteTable(std::move(impl));
}

std::string_view SiteTable::registrable_part(std::string_view host) const {
  host = without_dots(host);
  const bool lower = std::none_of(host.begin(), host.end(), is_upper);
  return host.substr(lower ? impl_->begin_of(host) : impl_->begin_of(lowered(host)));
}

std::string SiteTable::registrable_domain(std::string_view host) const {
  return lowered(registrable_part(host));
}

bool SiteTable::is_public_suffix(std::string_view host) const {
  const std::string key = lowered(without_dots(host));
  if (key.empty() || is_ip_literal(key)) return false;
  return psl_is_public_suffix2(impl_->list, key.c_str(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) == 1;
}

Party SiteTable::party(std::string_view host, std::string_view top_host) const {
  return registrable_domain(host) == registrable_domain(top_host) ? Party::kFirst : Party::kThird;
}

const std::string& SiteTable::source() const { return impl_->source; }

}  // namespace affiant::site
