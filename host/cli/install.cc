#include "cli/install.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/fs.h"
#include "base/user.h"
#include "cli/install_plan.h"
#include "cli/install_record.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

enum class Whose : std::uint8_t { kAll, kPrivate };  // Browsers run as their users.

// Of a folder that something was put into meanwhile nothing happens.
void remove_empty(const fs::path& folder) {
  std::error_code ignored;
  fs::remove(folder, ignored);
}

// Makes what is missing; undoes it when it cannot make all. Adds to `made`, outermost first.
Status make_folders(const std::vector<fs::path>& folders, Whose whose,
                    std::vector<std::string>* made) {
  const std::size_t before = made->size();
  for (const fs::path& folder : folders) {
    std::error_code ignored;
    if (fs::exists(folder, ignored)) continue;
    Status done = system_fs().make_dir(folder);  // Its parents are there by now.
    if (done) made->push_back(folder.string());
    if (done && whose == Whose::kAll) done = share(folder, Shared::kRun);
    if (done) continue;
    for (; made->size() > before; made->pop_back()) remove_empty(made->back());
    return done;
  }
  return {};
}

Status write_beside_and_rename(const PlannedFile& file) {
  Fs& files = system_fs();
  fs::path beside = file.path;
  beside += ".new";
  AFFIANT_CHECK(files.remove(beside));
  const Status done = [&]() -> Status {
    {
      AFFIANT_TRY(const auto made, files.create(beside));
      AFFIANT_CHECK(made->write(file.bytes));
    }
    AFFIANT_CHECK(share(beside, file.program ? Shared::kRun : Shared::kRead));
    return files.rename(beside, file.path);
  }();
  if (!done) static_cast<void>(files.remove(beside));
  return done;
}

void forget(const fs::path& file, const InstallRecord& before, InstallRecord* record) {
  const auto was = before.files.find(file.string());
  if (was == before.files.end())
    record->files.erase(file.string());
  else
    record->files[file.string()] = was->second;
}

// Carries out one plan. What it could not finish it takes back, but for files that it replaced.
// `before`: the record without this run.
void carry_out(InstallPlan* plan, Registry* registry, const InstallRecord& before,
               InstallRecord* record) {
  std::vector<std::string> made;
  std::vector<fs::path> fresh, replaced;
  Status done;
  for (const PlannedFile& file : plan->files) {
    // Asked again: an earlier browser's plan may have failed to make what both need.
    done = make_folders(missing_folders(file.path.parent_path()), Whose::kAll, &made);
    std::error_code ignored;
    const bool was_there = fs::exists(fs::symlink_status(file.path, ignored));
    if (done) done = write_beside_and_rename(file);
    if (!done) break;
    (was_there ? replaced : fresh).push_back(file.path);
  }
  for (const std::string& folder : made)
    if (std::find(record->folders.begin(), record->folders.end(), folder) == record->folders.end())
      record->folders.push_back(folder);
  if (done && !plan->key.empty()) done = registry->set(plan->key, plan->value);
  if (done) return;
  for (const fs::path& path : fresh) static_cast<void>(system_fs().remove(path));
  for (auto at = made.rbegin(); at != made.rend(); ++at) remove_empty(*at);
  for (const PlannedFile& file : plan->files)
    if (std::find(replaced.begin(), replaced.end(), file.path) == replaced.end())
      forget(file.path, before, record);
  if (!before.keys.contains(plan->key)) record->keys.erase(plan->key);
  plan->step.step = Step::kFailed;
  plan->step.detail = done.error().message + ". Nothing of it was kept";
  plan->step.made.clear();
}

void note(const InstallPlan& plan, InstallRecord* record) {
  for (const fs::path& folder : plan.folders)
    if (std::find(record->folders.begin(), record->folders.end(), folder.string()) ==
        record->folders.end())
      record->folders.push_back(folder.string());
  for (const PlannedFile& file : plan.files)
    record->files[file.path.string()] = hex_digest(Digest::kSha256, file.bytes);
  if (!plan.key.empty()) record->keys[plan.key] = plan.value;
}

// The folder of the record itself is private: the identity lives there, too.
Status note_first(const fs::path& file, InstallRecord* record) {
  std::vector<std::string> made;
  Status noted = make_folders(missing_folders(file.parent_path()), Whose::kPrivate, &made);
  // In front: they are emptied last.
  if (noted) {
    record->folders.insert(record->folders.begin(), made.begin(), made.end());
    noted = write_install_record(file, *record);
  }
  if (noted) return {};
  for (auto at = made.rbegin(); at != made.rend(); ++at) remove_empty(*at);
  return fail(noted.error().code,
              "cannot note what would be installed, so nothing was changed: {}. Make that folder "
              "writable by you, or set AFFIANT_HOME to one that is",
              noted.error().message);
}

// Everything that is to be done, each thing by one plan only.
std::vector<InstallPlan> make_plans(const InstallOptions& options, const InstallRecord& record) {
  std::vector<InstallPlan> plans;
  std::set<std::string> spoken_for;
  for (const browser::Place& place : options.places) {
    if (!place.present) continue;
    InstallPlan plan = plan_install(place, options, record);
    InstallStep& step = plan.step;
    // A snap may read what the browser itself reads, and browsers of Windows each other's keys.
    if (step.step == Step::kWritten &&
        !spoken_for.insert(plan.key.empty() ? step.file.string() : plan.key).second)
      step.step = Step::kUnchanged;
    if (step.step == Step::kWritten) {
      for (const fs::path& folder : plan.folders)
        if (spoken_for.insert(folder.string()).second) step.made.push_back(folder.string() + "/");
      for (const PlannedFile& file : plan.files)
        if (file.path != step.file) step.made.push_back(file.path.string());
      if (!plan.key.empty()) step.made.push_back(plan.key);
    }
    plans.push_back(std::move(plan));
  }
  return plans;
}

// What is there already and as it should be is taken for ours in a person's own folders: nobody
// else writes there. In the machine's it may be a package's.
bool worth_noting(const InstallPlan& plan, const InstallOptions& options) {
  return plan.step.step == Step::kWritten ||
         (plan.step.step == Step::kUnchanged && !options.system);
}

// Folders that are gone again, or the whole record when it holds nothing.
Status note_last(const fs::path& file, InstallRecord* record) {
  std::error_code ignored;
  std::erase_if(record->folders, [&](const std::string& at) { return !fs::exists(at, ignored); });
  if (!record->files.empty() || !record->keys.empty()) return write_install_record(file, *record);
  AFFIANT_CHECK(write_install_record(file, {}));
  for (auto at = record->folders.rbegin(); at != record->folders.rend(); ++at) remove_empty(*at);
  return {};
}

}  // namespace

Result<std::vector<InstallStep>> install_manifests(const InstallOptions& options) {
  AFFIANT_TRY(InstallRecord record, read_install_record(options.record));
  const InstallRecord before = record;
  std::vector<InstallPlan> plans = make_plans(options, record);
  if (!options.dry_run) {
    for (const InstallPlan& plan : plans)
      if (worth_noting(plan, options)) note(plan, &record);
    const bool news = record.files != before.files || record.keys != before.keys;
    const bool work = std::any_of(plans.begin(), plans.end(), [](const InstallPlan& plan) {
      return plan.step.step == Step::kWritten;
    });
    if (news || work) AFFIANT_CHECK(note_first(options.record, &record));
    for (InstallPlan& plan : plans)
      if (plan.step.step == Step::kWritten) carry_out(&plan, options.registry, before, &record);
    if (work) AFFIANT_CHECK(note_last(options.record, &record));
  }
  std::vector<InstallStep> steps;
  for (InstallPlan& plan : plans) steps.push_back(std::move(plan.step));
  return steps;
}

}  // namespace affiant::cli
