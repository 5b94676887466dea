// The registry of Windows, where browsers look up a native-messaging manifest by the default value
// of a key. On any other system there is none: every call is kUnsupported.
//
// Keys are UTF-8 and begin with HKEY_CURRENT_USER\ or HKEY_LOCAL_MACHINE\. Errors: kPermission
// (the machine's part without an administrator's rights), kIo, kUsage for any other beginning.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"

namespace affiant {

class Registry {
 public:
  virtual ~Registry() = default;
  // The default value of a key; nothing when the key or its value is not there.
  virtual Result<std::optional<std::string>> get(const std::string& key) = 0;
  virtual Status set(const std::string& key, const std::string& value) = 0;  // Makes the key.
  // The key and its value. Absent is success; a key with keys below it is kIo.
  virtual Status remove(const std::string& key) = 0;
};

// The operating system's. Thread-safe. Lives for the whole program.
Registry& system_registry();

}  // namespace affiant
