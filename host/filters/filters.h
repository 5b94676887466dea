// Filter lists in EasyList syntax (EasyList, EasyPrivacy, uBlock and AdGuard lists, hosts files,
// plain lists of domains): which network rule would block a request, and which exception lets it
// through. docs/filter-lists.md says what each option means here.
//
// Lists are untrusted: no line can make reading or matching recurse, run for ever or fail; what is
// not a usable rule is counted by reason (skipped.h). Reading and building allocate; matching does
// not. Everything is immutable once made, and then thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "filters/request.h"
#include "filters/skipped.h"

namespace affiant::filters {

inline constexpr std::size_t kSkippedShown = 5;        // First lines kept for each reason.
inline constexpr std::size_t kSkippedTextBytes = 120;  // Of each of them.

struct ListData;

// One list, read.
class FilterList {
 public:
  // `name` is what results call it, e.g. a path or "EasyList". kTooLarge above limits::kListBytes;
  // kMalformed for bytes that are no text (a NUL, UTF-16), with the place.
  static Result<FilterList> parse(std::string name, std::string_view text);
  FilterList(FilterList&&) noexcept;
  FilterList& operator=(FilterList&&) noexcept;
  ~FilterList();

  const std::string& name() const;
  std::size_t lines() const;
  std::size_t rules() const;       // That can match, exceptions included.
  std::size_t exceptions() const;  // Of these.
  const SkippedByKind& skipped() const;

 private:
  friend class Engine;
  explicit FilterList(std::unique_ptr<ListData> data);
  std::unique_ptr<ListData> data_;
};

// A rule as its list has it. Views into the engine.
struct Hit {
  std::string_view rule, list;
  std::uint32_t line = 0;  // From 1.
};

struct Match {
  bool matched = false;          // A rule would block the request and no exception undoes it.
  bool important = false;        // The rule is one that no exception can undo.
  std::optional<Hit> rule;       // The rule, also when an exception undid it.
  std::optional<Hit> exception;  // Only when it decided.
};

class Engine {
 public:
  // Lists in the order given; a badfilter rule takes back the same rule of any of them. kTooLarge
  // above limits::kLists.
  static Result<Engine> create(std::vector<FilterList> lists);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  // The same lists and request always give the same rule.
  Match match(const Request& request) const;
  std::size_t rules() const;       // In force.
  std::size_t taken_back() const;  // By badfilter.

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace affiant::filters
