#include "cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/fs.h"
#include "base/limits.h"
#include "base/paths.h"
#include "base/streams.h"
#include "base/terminal.h"
#include "browser/print_pdf.h"
#include "report/exports.h"
#include "report/text_layout.h"

namespace affiant::cli {
namespace {

constexpr int kDefaultColumns = 80;
constexpr int kWidestColumns = 110;  // Longer lines are hard to read.

bool wants_colour(const OutputOptions& options) {
  if (options.no_colour || !options.file.empty()) return false;
  return process_environment("NO_COLOR").empty() && sequences_work(kStdout);
}

int columns_for(const OutputOptions& options) {
  if (!options.file.empty()) return kDefaultColumns;
  return std::min(terminal_columns().value_or(kDefaultColumns), kWidestColumns);
}

Code code_of(int error) {
  if (error == ENOSPC || error == EDQUOT) return Code::kNoSpace;
  if (error == ENOENT || error == ENOTDIR) return Code::kNotFound;
  return error == EACCES || error == EPERM || error == EROFS ? Code::kPermission : Code::kIo;
}

Status write_all(int fd, std::string_view text, const std::string& where) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return fail(code_of(errno), "{}: cannot be written: {}", where, std::strerror(errno));
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Status write_in_place(const std::string& file, std::string_view text) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return fail(code_of(errno), "-o {}: {}", file, std::strerror(errno));
  const Status done = write_all(fd, text, file);
  ::close(fd);
  return done;
}

Status write_file(const std::string& named, std::string_view text) {
  struct stat there {};
  // A pipe or /dev/null is written to: renaming would put a file in its place.
  if (::stat(named.c_str(), &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode))
    return write_in_place(named, text);
  std::error_code error;
  const auto real = std::filesystem::weakly_canonical(named, error);  // Through symbolic links.
  const std::string file = error ? named : real.string();
  const std::string beside = fmt::format("{}.{}.part", file, getpid());
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0)
    return fail(code_of(errno),
                "-o {}: cannot be made: {}. Give a file in a folder you may write to", named,
                std::strerror(errno));
  Status done = write_all(fd, text, named);
  if (::close(fd) != 0 && done)
    done = fail(code_of(errno), "-o {}: cannot be written: {}", named, std::strerror(errno));
  if (done && ::rename(beside.c_str(), file.c_str()) != 0)
    done = fail(code_of(errno), "-o {}: cannot be put in place: {}", named, std::strerror(errno));
  if (!done) ::unlink(beside.c_str());
  return done;
}

report::Parts parts_of(const report::Report& report, const OutputOptions& options) {
  return {{&report, options.case_name}};
}
report::Parts parts_of(const report::EnginesReport& set, const OutputOptions&) {
  report::Parts parts;
  for (const report::EngineReport& engine : set.engines)
    parts.push_back({&engine.report, engine.case_name});
  return parts;
}
report::Parts parts_of(const report::DiffReport&, const OutputOptions&) { return {}; }

template <typename Report>
Status render_and_write(const Report& report, const OutputOptions& options) {
  OutputOptions out = options;
  if (out.file == "-") out.file.clear();
  std::string text;
  if (out.format == "json") {
    text = report::render_json(report);
  } else if (out.format == "html") {
    text = report::render_html(report);
  } else if (out.format == "pdf") {
    AFFIANT_TRY(text, browser::print_pdf(report::render_html(report)));
  } else if (out.format == "sarif") {
    text = report::render_sarif(parts_of(report, out));
  } else if (out.format == "junit") {
    text = report::render_junit(parts_of(report, out), out.fail_on);
  } else if (out.format == "csv") {
    text = report::render_csv(parts_of(report, out), out.table);
  } else if (out.format == "markdown") {
    text = report::render_markdown(parts_of(report, out), out.fail_on);
  } else {
    report::TextOptions look;
    look.colour = wants_colour(out);
    look.columns = columns_for(out);
    look.case_name = out.case_name;
    look.fail_on = out.fail_on;
    text = report::render_text(report, look);
  }
  return write_text(text, out.file);
}

}  // namespace

Status write_text(std::string_view text, const std::string& file) {
  if (!file.empty() && file != "-") return write_file(file, text);
  std::fflush(stdout);
  return write_all(STDOUT_FILENO, text, "stdout");
}

void add_output_options(CLI::App& command, OutputOptions* options) {
  command
      .add_option(
          "--format", options->format,
          "text, json (docs/report.schema.json; of a case set docs/engines.schema.json), html (one "
          "file for a browser), pdf (printed by Chromium), sarif, junit, markdown, or csv")
      ->check(CLI::IsMember({"text", "json", "html", "pdf", "sarif", "junit", "markdown", "csv"}))
      ->capture_default_str();
  command
      .add_option("--table", options->table,
                  "Rows of --format csv: findings, cookies, third-parties, requests or storage")
      ->check(CLI::IsMember({"findings", "cookies", "third-parties", "requests", "storage"}))
      ->capture_default_str();
  command.add_option("-o,--output", options->file, "Write the report to this file, not to stdout");
  command.add_flag("--no-colour,--no-color", options->no_colour, "No colours, even on a terminal");
}

Status check_output(const OutputOptions& options) {
  if (options.table != "findings" && options.format != "csv")
    return fail(Code::kUsage, "--table {} goes with --format csv", options.table);
  if (options.format == "pdf" && (options.file.empty() || options.file == "-") &&
      is_terminal(kStdout))
    return fail(Code::kUsage, "--format pdf is nothing for a terminal: give -o FILE");
  return {};
}

Status write_report(const report::Report& report, const OutputOptions& options) {
  return render_and_write(report, options);
}

Status write_report(const report::EnginesReport& set, const OutputOptions& options) {
  return render_and_write(set, options);
}

Status write_report(const report::DiffReport& diff, const OutputOptions& options) {
  return render_and_write(diff, options);
}

std::string now_rfc3339() {
  using std::chrono::duration_cast, std::chrono::seconds, std::chrono::system_clock;
  const auto now = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
  std::string text = report::rfc3339(now * 1'000);
  return text.replace(text.find('.'), 4, "");  // Milliseconds that nobody measured.
}

}  // namespace affiant::cli
