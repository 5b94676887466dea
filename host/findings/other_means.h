// What serves like a cookie and is none: keys of the page's storage, and what scripts ask the
// browser for. Internal to this layer.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "findings/context.h"

namespace affiant::findings {

// localStorage, sessionStorage, indexedDB, cacheStorage, opfs: where data is kept. A service worker
// is a program.
bool is_storage_area(std::string_view area);

// "localStorage key "uid" of https://shop.example"
std::string storage_words(const observe::StorageItem& item);

// Indices into Declaration::cookies of the rows that list this key, by kind of storage, name (with
// its mask) and host. Ascending; empty also where the key is withheld.
std::vector<int> declared_keys(const Context& context, const detect::StorageFact& fact);

// Whether the site lists what it keeps beside cookies.
struct StorageLists {
  std::size_t rows = 0;             // That declare keys of storage.
  std::set<std::string> areas;      // Of those rows.
  std::vector<std::string> closed;  // Statements that close a list of more than cookies.
  bool open = false;                // Words of the site leave room for others.

  bool any() const { return rows > 0 || !closed.empty(); }
  std::string words() const;  // "names 3 keys of storage"
};
StorageLists storage_lists(const policy::Declaration& said);

// What a technique of detect/techniques.h amounts to.
enum class Fingerprinting {
  kNone,
  kHint,     // One question that may serve to tell browsers apart: graphics hardware, battery.
  kDefined,  // Meets a published definition of fingerprinting (canvas, fonts, audio, WebRTC).
};
Fingerprinting fingerprinting(std::string_view technique);

// "canvas fingerprinting", for a reader.
std::string technique_words(std::string_view technique);

}  // namespace affiant::findings
