#include "cli/authority.h"

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/random.h"
#include "evidence/anchors.h"
#include "evidence/layout.h"
#include "evidence/timestamp.h"
#include "evidence/verify.h"
#include "net/http.h"

namespace affiant::cli {
namespace {

using evidence::AnchorPart;
using evidence::AnchorPoint;
using evidence::Timestamp;

Result<std::string> read_pem(const std::string& option, const std::string& file) {
  if (file.empty()) return file;
  AFFIANT_TRY(std::string pem, read_file(file, limits::kCertificateBytes, "kCertificateBytes"));
  if (const Status good = evidence::check_certificates(pem); !good)
    return fail(Code::kUsage, "{} {}: {}", option, printable(file), good.error().message);
  return pem;
}

// The answer to `request`, when it is a whole HTTP answer with a granted time stamp in it.
Result<std::string> ask(const Authority& authority, const std::string& request) {
  auto got = net::post({.url = authority.url,
                        .content_type = "application/timestamp-query",
                        .body = request,
                        .max_answer_bytes = limits::kTimestampBytes,
                        .ca_file = authority.tls_ca_file});
  if (!got && got.error().code == Code::kTooLarge)  // Theirs, not the user's.
    return fail(Code::kNetwork, "{}", got.error().message);
  AFFIANT_TRY(net::HttpAnswer answer, std::move(got));
  if (answer.status != 200)
    return fail(Code::kNetwork, "{} answered with HTTP status {} and no time stamp",
                printable(authority.url), answer.status);
  if (const auto token = Timestamp::parse(answer.body); !token)
    return fail(Code::kNetwork, "{} sent no time stamp that can be used ({}, {} bytes): {}",
                printable(authority.url),
                answer.content_type.empty() ? "no content type" : printable(answer.content_type),
                answer.body.size(), token.error().message);
  return std::move(answer.body);
}

// That it answers what was asked, and that whoever verifies later has what is needed.
Status check_answer(const Timestamp& token, const evidence::TimestampRequest& request,
                    const std::string& data, const Authority& authority) {
  AFFIANT_CHECK(token.check_data(data));
  AFFIANT_CHECK(token.check_nonce(request.nonce));
  if (Status own = token.check_own_signature(authority.chain); !own) {
    if (own.error().code != Code::kNotFound) return own;
    return fail(Code::kUsage,
                "{}, so nobody could check it later. Get it from the authority in PEM form and "
                "give it with --chain FILE",
                own.error().message);
  }
  return authority.ca.empty() ? Status() : token.check_under(authority.ca, authority.chain);
}

// Somebody may have put a stamp of their own there, so that no better one is taken.
Status check_kept(const std::filesystem::path& dir, const std::string& file,
                  const Authority& authority) {
  if (authority.ca.empty()) return {};
  AFFIANT_TRY(const evidence::Verdict verdict,
              evidence::verify_case(dir, {.pinned_vkey = {}, .tsa_ca_pem = authority.ca}));
  for (const evidence::Anchor& anchor : verdict.anchors)
    if (anchor.file == file && !anchor.proved)
      return fail(Code::kCrypto,
                  "{} is there already, and it is {}. It is kept; to take another, move it away",
                  file, anchor.unproved_because);
  return {};
}

}  // namespace

Result<Authority> read_authority(const AuthorityOptions& options) {
  Authority out;
  out.url = options.url;
  out.ca_file = options.ca_file;
  out.tls_ca_file = options.tls_ca_file;
  AFFIANT_TRY(out.ca, read_pem("--tsa-ca", options.ca_file));
  AFFIANT_TRY(out.chain, read_pem("--chain", options.chain_file));
  AFFIANT_CHECK(read_pem("--tls-ca", options.tls_ca_file));
  return out;
}

Result<std::string> fresh_stamp(const Authority& authority, const std::string& data) {
  AFFIANT_TRY(const auto request, evidence::make_timestamp_request(data, system_random()));
  AFFIANT_TRY(std::string response, ask(authority, request.der));
  AFFIANT_TRY(const Timestamp token, Timestamp::parse(response));
  if (const Status good = check_answer(token, request, data, authority); !good)
    return fail(good.error().code, "{}: {}. Nothing was stored", printable(authority.url),
                good.error().message);
  return response;
}

Result<Anchored> anchor_case(const std::filesystem::path& dir, const Authority& authority) {
  AFFIANT_TRY(const AnchorPoint point, evidence::anchor_point(dir));
  Anchored done;
  done.size = point.size;
  done.file = evidence::anchor_file(point.size, AnchorPart::kResponse);
  done.unsigned_entries = point.unsigned_entries;
  if (point.there) {
    AFFIANT_CHECK(check_kept(dir, done.file, authority));
    done.was_there = true;
    return done;
  }
  AFFIANT_TRY(const std::string response, fresh_stamp(authority, point.checkpoint));
  AFFIANT_TRY(const Timestamp token, Timestamp::parse(response));
  AFFIANT_CHECK(evidence::store_anchor(system_fs(), dir, point, response, authority.chain));
  done.time_ms = token.facts().time_ms;
  done.by = printable(token.facts().authority.empty() ? authority.url : token.facts().authority);
  return done;
}

}  // namespace affiant::cli
