#include "cli/brought.h"

#include <filesystem>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"

namespace affiant::cli {

void add_brought_options(CLI::App& command, BroughtOptions* options,
                         const std::string& policy_option) {
  command.add_option(
      "--key", options->key,
      "The maker's public key (identity or case): a vkey, or a file with a vkey or PEM");
  command.add_option("--tsa-ca", options->tsa_ca,
                     "PEM file with the root of a time-stamp authority that you trust: one of the "
                     "case's time stamps must be proved under it");
  command.add_option(policy_option, options->policy,
                     "A C2SP tlog-policy: whose cosignatures count, and how many are enough");
}

Result<std::string> key_text(const std::string& option) {
  std::error_code error;
  if (option.empty()) return option;
  if (std::filesystem::exists(option, error))
    return read_file(option, limits::kNoteBytes, "kNoteBytes");
  if (option.find('+') == std::string::npos)
    return fail(Code::kUsage, "--key {}: neither a file that is there nor a vkey (NAME+ID+BASE64)",
                printable(option));
  return option;
}

Result<evidence::VerifyOptions> what_is_brought(const BroughtOptions& options) {
  evidence::VerifyOptions out;
  AFFIANT_TRY(out.pinned_vkey, key_text(options.key));
  if (!options.tsa_ca.empty()) {
    AFFIANT_TRY(out.tsa_ca_pem,
                read_file(options.tsa_ca, limits::kCertificateBytes, "kCertificateBytes"));
    if (out.tsa_ca_pem.empty())
      return fail(Code::kUsage, "--tsa-ca {}: the file is empty", printable(options.tsa_ca));
  }
  if (!options.policy.empty()) {
    AFFIANT_TRY(out.policy, read_file(options.policy, limits::kNoteBytes, "kNoteBytes"));
    if (out.policy.empty())
      return fail(Code::kUsage, "--policy {}: the file is empty", printable(options.policy));
  }
  return out;
}

}  // namespace affiant::cli
