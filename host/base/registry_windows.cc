// The Windows half of registry.h.
#include <array>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/registry.h"
#include "base/text_windows.h"

namespace affiant {
namespace {

struct Split {
  HKEY root;
  std::wstring rest;
};

Result<Split> split(const std::string& key) {
  const std::array<std::pair<std::string_view, HKEY>, 2> roots = {
      std::pair{std::string_view("HKEY_CURRENT_USER\\"), HKEY_CURRENT_USER},
      std::pair{std::string_view("HKEY_LOCAL_MACHINE\\"), HKEY_LOCAL_MACHINE}};
  for (const auto& [name, root] : roots) {
    if (!key.starts_with(name)) continue;
    // What is not UTF-8 would become another key's name.
    if (find_invalid_utf8(key) != std::string::npos)
      return fail(Code::kMalformed, "not UTF-8: a registry key");
    return Split{root, windows::wide(std::string_view(key).substr(name.size()))};
  }
  return fail(Code::kUsage, "{} begins with neither HKEY_CURRENT_USER nor HKEY_LOCAL_MACHINE", key);
}

tl::unexpected<Error> failed(const char* what, const std::string& key, LSTATUS status) {
  return fail(status == ERROR_ACCESS_DENIED ? Code::kPermission : Code::kIo,
              "cannot {} the registry key {}: {}", what, key,
              windows::words_for(static_cast<DWORD>(status)));
}

class WindowsRegistry : public Registry {
 public:
  Result<std::optional<std::string>> get(const std::string& key) override {
    AFFIANT_TRY(const Split at, split(key));
    DWORD bytes = 0;
    LSTATUS status =
        ::RegGetValueW(at.root, at.rest.c_str(), nullptr, RRF_RT_REG_SZ, nullptr, nullptr, &bytes);
    if (status == ERROR_FILE_NOT_FOUND) return std::nullopt;
    if (status != ERROR_SUCCESS) return failed("read", key, status);
    std::wstring value(bytes / sizeof(wchar_t), L'\0');
    status = ::RegGetValueW(at.root, at.rest.c_str(), nullptr, RRF_RT_REG_SZ, nullptr, value.data(),
                            &bytes);
    if (status != ERROR_SUCCESS) return failed("read", key, status);
    value.resize(bytes / sizeof(wchar_t));
    while (!value.empty() && value.back() == L'\0') value.pop_back();
    return windows::narrow(value);
  }

  Status set(const std::string& key, const std::string& value) override {
    AFFIANT_TRY(const Split at, split(key));
    if (find_invalid_utf8(value) != std::string::npos)
      return fail(Code::kMalformed, "not UTF-8: the value of a registry key");
    const std::wstring text = windows::wide(value);
    HKEY handle = nullptr;
    LSTATUS status = ::RegCreateKeyExW(at.root, at.rest.c_str(), 0, nullptr, 0, KEY_SET_VALUE,
                                       nullptr, &handle, nullptr);
    if (status != ERROR_SUCCESS) return failed("make", key, status);
    status =
        ::RegSetValueExW(handle, nullptr, 0, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
                         static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t)));
    ::RegCloseKey(handle);
    if (status != ERROR_SUCCESS) return failed("write", key, status);
    return {};
  }

  Status remove(const std::string& key) override {
    AFFIANT_TRY(const Split at, split(key));
    const LSTATUS status = ::RegDeleteKeyW(at.root, at.rest.c_str());
    if (status != ERROR_SUCCESS && status != ERROR_FILE_NOT_FOUND)
      return failed("remove", key, status);
    return {};
  }
};

}  // namespace

Registry& system_registry() {
  static WindowsRegistry registry;
  return registry;
}

}  // namespace affiant
