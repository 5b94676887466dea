// The values of a JSON text that holds many: the elements of an array, or values one after the
// other (JSON Lines, files put together). Builds nothing. Internal to this layer.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"

namespace affiant::knowledge {

class JsonDocuments {
 public:
  explicit JsonDocuments(std::string_view text);

  // The bytes of the next object; nothing at the end. kMalformed with the byte for a text that ends
  // within one, and for anything else between them; kTooLarge (kLayerDocumentBytes).
  Result<std::optional<std::string_view>> next();
  // Where the object that next() gave begins.
  std::size_t offset() const { return begin_; }

 private:
  void skip_space();

  std::string_view text_;
  std::size_t at_ = 0, begin_ = 0;
  bool in_array_ = false, first_ = true;
};

}  // namespace affiant::knowledge
