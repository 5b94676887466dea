// The way back of install.cc.
#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/fs.h"
#include "cli/install.h"
#include "cli/install_record.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kFileBytes = 64U << 10U;

// Whether a file is still what was written; older records cannot tell more than whose it is.
Result<bool> as_written(const fs::path& file, const std::string& sha256) {
  if (sha256.empty()) {
    for (const auto kind : {browser::Kind::kChromium, browser::Kind::kFirefox}) {
      AFFIANT_TRY(const auto manifest, browser::read_manifest(kind, file));
      if (manifest && browser::is_ours(*manifest)) return true;
    }
    return false;
  }
  AFFIANT_TRY(const std::string text, read_file(file, kFileBytes, "the cap of manifests"));
  return hex_digest(Digest::kSha256, text) == sha256;
}

InstallStep remove_file(const std::string& file, const std::string& sha256, bool dry_run) {
  InstallStep step;
  step.file = file;
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(file, ignored))) {
    step.step = Step::kGone;
    return step;
  }
  const auto same = as_written(file, sha256);
  if (!same || !*same) {
    step.step = Step::kNotOurs;
    step.detail = same ? "it is not what affiant install wrote. Remove it yourself if nothing "
                         "else needs it"
                       : same.error().message;
    return step;
  }
  step.step = Step::kRemoved;
  std::error_code error;
  if (!dry_run && !fs::remove(file, error)) {
    step.step = Step::kFailed;
    step.detail = error.message();
  }
  return step;
}

InstallStep remove_key(const std::string& key, const std::string& value, Registry* registry,
                       bool dry_run) {
  InstallStep step;
  step.file = key;
  const auto now = registry->get(key);
  Status done;
  if (!now) {
    done = tl::unexpected<Error>(now.error());
  } else if (!*now) {
    step.step = Step::kGone;
  } else if (**now != value) {
    step.step = Step::kNotOurs;
    step.detail = "it now names " + **now;
  } else {
    step.step = Step::kRemoved;
    if (!dry_run) done = registry->remove(key);
  }
  if (done) return step;
  step.step = Step::kFailed;
  step.detail = done.error().message;
  return step;
}

// Whether a folder would be empty once `going` is gone.
bool only_holds(const fs::path& folder, const std::set<fs::path>& going) {
  std::error_code error;
  for (fs::directory_iterator at(folder, error), last; !error && at != last; at.increment(error))
    if (!going.contains(at->path())) return false;
  return !error;
}

// Innermost first; a folder that something else is in stays, and is no longer ours to remove.
void remove_folders(const InstallRecord& record, const InstallOptions& options,
                    std::vector<InstallStep>* steps) {
  std::set<fs::path> going = {options.record};
  for (const InstallStep& step : *steps)
    if (step.step == Step::kRemoved) going.insert(step.file);
  std::vector<std::string> folders = record.folders;
  std::stable_sort(folders.begin(), folders.end(), [](const auto& a, const auto& b) {
    return a.size() > b.size();  // What is below another has the longer name.
  });
  for (const std::string& folder : folders) {
    std::error_code ignored;
    if (!fs::is_directory(fs::symlink_status(folder, ignored)) || !only_holds(folder, going))
      continue;
    if (!options.dry_run && !fs::remove(folder, ignored)) continue;
    going.insert(folder);
    InstallStep step;
    step.file = folder + "/";
    step.step = Step::kRemoved;
    steps->push_back(std::move(step));
  }
}

// Manifests of ours where install would write, but that it did not note.
void name_unknown(const InstallOptions& options, const InstallRecord& record,
                  std::vector<InstallStep>* steps) {
  const auto name = browser::native_manifest_name();
  std::set<fs::path> told;
  for (const browser::Place& place : options.places) {
    if (!name || (options.system && !place.system)) continue;
    const fs::path file = (options.system ? *place.system : place.user) / *name;
    if (record.files.contains(file.string()) || !told.insert(file).second) continue;
    const auto manifest = browser::read_manifest(place.kind, file);
    if (!manifest || !*manifest || !browser::is_ours(**manifest)) continue;
    InstallStep step;
    step.browser = place.browser;
    step.file = file;
    step.step = Step::kNotOurs;
    step.detail =
        options.system
            ? "not noted as written by affiant install. Most likely a package put it there: "
              "remove the package (Debian: apt-get purge affiant)"
            : "not noted as written by affiant install. affiant install takes it over, after "
              "which affiant uninstall removes it";
    steps->push_back(std::move(step));
  }
}

}  // namespace

Result<std::vector<InstallStep>> uninstall_manifests(const InstallOptions& options) {
  AFFIANT_TRY(const InstallRecord record, read_install_record(options.record));
  std::vector<InstallStep> steps;
  InstallRecord left;
  for (const auto& [key, value] : record.keys) {
    steps.push_back(remove_key(key, value, options.registry, options.dry_run));
    if (steps.back().step == Step::kFailed) left.keys[key] = value;
  }
  for (const auto& [file, sha256] : record.files) {
    steps.push_back(remove_file(file, sha256, options.dry_run));
    if (steps.back().step == Step::kFailed) left.files[file] = sha256;
  }
  if (options.dry_run) {
    remove_folders(record, options, &steps);
  } else if (!record.empty()) {
    if (!left.empty()) left.folders = record.folders;
    AFFIANT_CHECK(write_install_record(options.record, left));
    remove_folders(record, options, &steps);
  }
  name_unknown(options, record, &steps);
  return steps;
}

}  // namespace affiant::cli
