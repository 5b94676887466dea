#include "cli/export_bundle.h"

#include <fmt/format.h>

#include <map>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/interrupt.h"
#include "bundle/portable.h"
#include "bundle/texts.h"
#include "bundle/zip.h"
#include "cli/cases.h"
#include "cli/console.h"
#include "cli/opened.h"
#include "cli/parts.h"
#include "evidence/case_files.h"
#include "evidence/hand_check.h"
#include "evidence/manifest.h"
#include "observe/cookie_date.h"
#include "report/report.h"

namespace affiant::cli {
namespace {

namespace fs = std::filesystem;

// A report lists every request: of more entries it would be longer than what it is about.
constexpr std::uint64_t kReportedEntries = 200'000;

// The report made from the copy: it can say no more than the copy shows.
Status write_report_pages(const fs::path& dir, const ExportRequest& request,
                          const bundle::Portable& portable, const std::string& name,
                          evidence::Manifest& manifest) {
  AFFIANT_TRY(const auto sites, site::SiteTable::built_in());
  report::BuildOptions build;
  build.generated_at = observe::rfc3339(portable.last_time_ms);
  build.case_id = request.case_id;
  build.with_log = true;
  AFFIANT_TRY(const auto report, report::build_report(dir, sites, build));
  AFFIANT_CHECK(write_page(dir, "report.html", report::render_html(report), manifest));
  AFFIANT_CHECK(write_page(dir, "report.json", report::render_json(report), manifest));
  AFFIANT_CHECK(write_page(
      dir, "report.txt",
      report::render_text(report, {.colour = false, .columns = 100, .case_name = name}), manifest));
  return {};
}

// Everything that a person reads.
Status write_pages(const fs::path& dir, const ExportRequest& request,
                   const bundle::Portable& portable, evidence::Manifest& manifest) {
  const std::string name = request.file.filename().string();
  const bool reported = portable.verdict.tree_size <= kReportedEntries;
  if (reported) AFFIANT_CHECK(write_report_pages(dir, request, portable, name, manifest));
  bundle::About about;
  about.site = case_info(dir).site;
  about.file = name;
  about.producer = "affiant " AFFIANT_VERSION;
  about.withheld = manifest.withheld;
  for (const evidence::Anchor& anchor : portable.verdict.anchors)
    about.stamp_checks += "  " + evidence::anchor_check_here(dir, anchor.size, anchor.time_ms, {});
  about.proofs = request.proofs;
  about.report = reported;
  AFFIANT_CHECK(write_page(dir, "README.txt", bundle::readme(portable.verdict, about), manifest));
  AFFIANT_CHECK(write_page(dir, "CERTIFICATION.txt", bundle::certification(portable.verdict, about),
                           manifest));
  if (about.proofs)
    AFFIANT_CHECK(write_page(dir, "check-proof.sh", bundle::check_proof_script(), manifest));
  return {};
}

}  // namespace

Status write_page(const fs::path& dir, const std::string& name, std::string_view text,
                  evidence::Manifest& manifest) {
  Fs& files = system_fs();
  const fs::path path = dir / name;
  AFFIANT_CHECK(files.make_dir(path.parent_path()));
  AFFIANT_CHECK(files.remove(path));
  AFFIANT_TRY(const auto file, files.create(path));
  AFFIANT_CHECK(file->write(text));
  manifest.files.emplace(name, evidence::sha256_hex(text));
  return {};
}

Result<Exported> export_bundle(const ExportRequest& request) {
  Console console(false);
  std::error_code ignored;
  AFFIANT_TRY(
      const ScratchDir scratch,
      ScratchDir::create(fs::absolute(request.dir, ignored).lexically_normal().parent_path()));
  const fs::path& dir = scratch.path();
  console.waiting_for("verifying and copying");
  console.tick();
  bundle::PortableOptions options;
  options.rows = request.rows;
  if (!request.withhold.empty()) options.withhold_field = takes_field(request.withhold);
  AFFIANT_TRY(const bundle::Portable portable, bundle::lay_out(request.dir, dir, options));
  if (interrupted()) return fail(Code::kInterrupted, "stopped; nothing was written");

  console.waiting_for("making the report");
  console.tick();
  evidence::Manifest manifest;
  manifest.withheld.assign(request.withhold.begin(), request.withhold.end());
  if (request.rows) manifest.withheld.emplace_back("rows");
  std::sort(manifest.withheld.begin(), manifest.withheld.end());
  AFFIANT_CHECK(write_pages(dir, request, portable, manifest));
  if (request.proofs)
    AFFIANT_CHECK(write_proofs(dir, portable.verdict.tree_size, request.rows, manifest));
  evidence::Manifest nothing;
  AFFIANT_CHECK(
      write_page(dir, evidence::kManifestFile, evidence::format_manifest(manifest), nothing));

  console.waiting_for("packing");
  AFFIANT_CHECK(bundle::pack(dir, request.file, [&](std::uint64_t bytes) {
    console.detail(fmt::format("{} MB", bytes / 1'000'000));
    console.tick();
    return !interrupted();
  }));
  console.clear();
  Exported out;
  out.file = request.file.string();
  out.bytes = fs::file_size(request.file, ignored);
  AFFIANT_TRY(out.sha256, evidence::hash_file(request.file));
  out.fields = portable.filtered.fields;
  out.rows = portable.filtered.rows;
  return out;
}

}  // namespace affiant::cli
