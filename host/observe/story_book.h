// The stories while they are being put together. Used by stories.cc and its parts only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "observe/stories.h"
#include "observe/story_attempt.h"
#include "observe/story_jar.h"

namespace affiant::observe {

class StoryBook {
 public:
  // The story of a setter and a cookie, made when there is none. `partition` is the jar's; `fate`
  // tells stories apart that never reached the jar ("" when it did).
  CookieStory* of_attempt(const MeantCookie& meant, const std::string& partition,
                          const std::string& fate);
  // The story of a jar cookie that no attempt explains.
  CookieStory* of_jar(const JarCookie& cookie);
  // In order of first entry, entries ascending and each once.
  std::vector<CookieStory> finish();

 private:
  CookieStory* at(std::string key);
  std::map<std::string, std::size_t> by_key_;
  std::vector<std::unique_ptr<CookieStory>> stories_;
};

// Takes over what an attempt says; what the jar says about it, which wins.
void tell_attempt(CookieStory* story, const MeantCookie& meant);
void tell_jar(CookieStory* story, const JarCookie& cookie, std::int64_t set_ms);

// Walks one jar cookie through its session, with the attempts that it took and those that asked for
// its deletion.
void walk_history(const JarKey& key, const JarHistory& history,
                  const std::vector<const MeantCookie*>& attempts, StoryBook* book);

}  // namespace affiant::observe
