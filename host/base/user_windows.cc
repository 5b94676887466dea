// The Windows half of user.h.
#include <array>

#include "base/access_windows.h"
#include "base/bytes.h"
#include "base/random.h"
#include "base/text_windows.h"
#include "base/user.h"

namespace affiant {
namespace {

// What a file's security says, freed.
class FileSecurity {
 public:
  FileSecurity(const std::filesystem::path& path, SECURITY_INFORMATION what) {
    std::wstring name = path.native();  // Taken without const by some versions of the header.
    good_ = ::GetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT, what, &owner, nullptr, &list,
                                    nullptr, &all_) == ERROR_SUCCESS;
  }
  FileSecurity(const FileSecurity&) = delete;
  FileSecurity& operator=(const FileSecurity&) = delete;
  ~FileSecurity() { ::LocalFree(all_); }
  bool good() const { return good_; }

  PSID owner = nullptr;
  PACL list = nullptr;

 private:
  PSECURITY_DESCRIPTOR all_ = nullptr;
  bool good_ = false;
};

bool is_of_many(PSID who) {
  for (const WELL_KNOWN_SID_TYPE many :
       {WinWorldSid, WinAuthenticatedUserSid, WinBuiltinUsersSid, WinBuiltinGuestsSid,
        WinAnonymousSid, WinInteractiveSid, WinNetworkSid})
    if (::IsWellKnownSid(who, many) != 0) return true;
  return false;
}

}  // namespace

bool is_administrator() {
  SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
  PSID administrators = nullptr;
  if (::AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                 DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0, &administrators) == 0)
    return false;
  BOOL member = FALSE;
  const bool told = ::CheckTokenMembership(nullptr, administrators, &member) != 0;
  ::FreeSid(administrators);
  return told && member != FALSE;
}

bool is_mine(const std::filesystem::path& path) {
  const FileSecurity security(path, OWNER_SECURITY_INFORMATION);
  const auto user = windows::UserSid::current();
  if (!security.good() || security.owner == nullptr || !user) return false;
  if (::EqualSid(security.owner, user->get()) != 0) return true;
  // What an administrator makes belongs to all of them.
  return ::IsWellKnownSid(security.owner, WinBuiltinAdministratorsSid) != 0 && is_administrator();
}

bool others_can_read(const std::filesystem::path& path) {
  const FileSecurity security(path, DACL_SECURITY_INFORMATION);
  if (!security.good()) return false;
  if (security.list == nullptr) return true;  // No list: everything is allowed to everybody.
  for (DWORD i = 0; i < security.list->AceCount; ++i) {
    void* entry = nullptr;
    if (::GetAce(security.list, i, &entry) == 0) return true;  // What cannot be read is not safe.
    auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry);
    if (allowed->Header.AceType != ACCESS_ALLOWED_ACE_TYPE ||
        (allowed->Header.AceFlags & INHERIT_ONLY_ACE) != 0)
      continue;
    if ((allowed->Mask & (FILE_READ_DATA | GENERIC_READ | GENERIC_ALL)) != 0 &&
        is_of_many(&allowed->SidStart))
      return true;
  }
  return false;
}

bool is_program(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return false;
  const std::wstring ending = path.extension().native();
  return ::CompareStringOrdinal(ending.data(), static_cast<int>(ending.size()), L".exe", 4, TRUE) ==
         CSTR_EQUAL;
}

Status check_may_write_in(const std::filesystem::path& folder) {
  std::array<std::uint8_t, 8> name{};
  AFFIANT_CHECK(system_random().fill(name));
  const auto file = folder / ("affiant-" + hex_encode(name) + ".tmp");
  const windows::Handle made(::CreateFileW(file.c_str(), GENERIC_WRITE | DELETE, 0, nullptr,
                                           CREATE_NEW, FILE_FLAG_DELETE_ON_CLOSE, nullptr));
  if (made.ok()) return {};
  const DWORD error = ::GetLastError();
  return fail(windows::code_for(error), "{}", windows::words_for(error));
}

Status share(const std::filesystem::path& path, Shared) {
  ACL none{};  // Beside what is inherited.
  std::wstring name = path.native();
  DWORD error = ERROR_INVALID_ACL;
  if (::InitializeAcl(&none, sizeof none, ACL_REVISION) != 0)
    error =
        ::SetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT,
                                DACL_SECURITY_INFORMATION | UNPROTECTED_DACL_SECURITY_INFORMATION,
                                nullptr, nullptr, &none, nullptr);
  if (error == ERROR_SUCCESS) return {};
  return fail(Code::kIo, "cannot let others read {}: {}", printable(windows::narrow(name)),
              windows::words_for(error));
}

}  // namespace affiant
