#include "base/registry.h"

namespace affiant {
namespace {

class NoRegistry : public Registry {
 public:
  Result<std::optional<std::string>> get(const std::string&) override { return refuse(); }
  Status set(const std::string&, const std::string&) override { return refuse(); }
  Status remove(const std::string&) override { return refuse(); }

 private:
  static tl::unexpected<Error> refuse() {
    return fail(Code::kUnsupported, "only Windows has a registry");
  }
};

}  // namespace

Registry& system_registry() {
  static NoRegistry none;
  return none;
}

}  // namespace affiant
