#include "base/access_windows.h"

#include "base/text_windows.h"

namespace affiant::windows {
namespace {

tl::unexpected<Error> failed(const char* what) {
  const DWORD error = ::GetLastError();
  return fail(Code::kIo, "cannot {}: {}", what, words_for(error));
}

}  // namespace

Result<UserSid> UserSid::current() {
  HANDLE open = nullptr;
  if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &open) == 0)
    return failed("tell who this user is");
  const Handle token(open);
  DWORD bytes = 0;
  ::GetTokenInformation(token.get(), TokenUser, nullptr, 0, &bytes);
  UserSid user;
  user.token_user_.resize(bytes / sizeof(std::uint64_t) + 1);
  if (::GetTokenInformation(token.get(), TokenUser, user.token_user_.data(), bytes, &bytes) == 0)
    return failed("tell who this user is");
  return user;
}

PSID UserSid::get() const {
  return reinterpret_cast<const TOKEN_USER*>(token_user_.data())->User.Sid;
}

Status PrivateAccess::prepare(bool folder) {
  AFFIANT_TRY(const UserSid user, UserSid::current());
  const DWORD bytes =
      static_cast<DWORD>(sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE)) + ::GetLengthSid(user.get());
  list_.resize(bytes / sizeof(std::uint32_t) + 1);
  auto* list = reinterpret_cast<ACL*>(list_.data());
  const auto size = static_cast<DWORD>(list_.size() * sizeof(std::uint32_t));
  const DWORD passed_on = folder ? OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE : 0;
  if (::InitializeAcl(list, size, ACL_REVISION) == 0 ||
      ::AddAccessAllowedAceEx(list, ACL_REVISION, passed_on, FILE_ALL_ACCESS, user.get()) == 0 ||
      ::InitializeSecurityDescriptor(&descriptor_, SECURITY_DESCRIPTOR_REVISION) == 0 ||
      ::SetSecurityDescriptorDacl(&descriptor_, TRUE, list, FALSE) == 0 ||
      ::SetSecurityDescriptorControl(&descriptor_, SE_DACL_PROTECTED, SE_DACL_PROTECTED) == 0)
    return failed("make an access list");
  attributes_ = {sizeof attributes_, &descriptor_, FALSE};
  return {};
}

}  // namespace affiant::windows
