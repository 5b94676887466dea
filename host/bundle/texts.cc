#include "bundle/texts.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "evidence/hand_check.h"

namespace affiant::bundle {
namespace {

std::string withheld_text(const evidence::Verdict& v, const About& about) {
  if (about.withheld.empty() && v.withheld + v.erased + v.absent_erased + v.absent_withheld == 0)
    return "Nothing of the record is withheld.\n";
  std::string out;
  for (const std::string& what : about.withheld)
    out += what == "values" ? "Withheld from this copy: the values of cookies and storage items.\n"
           : what == "urls" ? "Withheld from this copy: full addresses (hosts are there).\n"
           : what == "ips"  ? "Withheld from this copy: network addresses.\n"
                            : "Withheld from this copy: entries that were not chosen.\n";
  out += fmt::format(
      "{} fields and {} entries are withheld, {} fields and {} entries were erased. Of each there "
      "is\n"
      "a digest under the same signature: its holder can show it later, and cannot change it.\n",
      v.withheld, v.absent_withheld, v.erased, v.absent_erased);
  return out;
}

constexpr std::string_view kProofText = R"(
2b. One entry, without reading the others

  sh check-proof.sh 17

  checks that entry 17 is in the signed tree, with proofs/17.tlog-proof (C2SP tlog-proof).
)";

constexpr std::string_view kCheckProof = R"SH(#!/bin/sh
# Checks that one entry of this bundle is in the signed tree: sh check-proof.sh INDEX
# Needs a POSIX shell, sed, base64 and openssl 3. RFC 9162 section 2.1.3.2.
set -e
i=$1
proof=proofs/$i.tlog-proof
[ -f "$proof" ] || { echo "no proof for entry $i here" >&2; exit 2; }
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
sum() { openssl dgst -sha256 -binary; }
# The entry's bytes, without the line feed.
cat seg/*.jsonl | sed -n "/,\"i\":$i,\"k\":\"[a-z.]*\",\"m\":[0-9]*,\"n\":\"[^\"]*\",\"q\":[0-9]*,\"s\":[0-9]*,\"t\":[0-9]*,\"v\":1}\$/{p;q;}" | tr -d '\n' > "$t/line"
[ -s "$t/line" ] || { echo "entry $i is not in this bundle" >&2; exit 2; }
{ printf '\000'; cat "$t/line"; } | sum > "$t/r"
sed '1,/^$/d' "$proof" > "$t/checkpoint"
size=$(sed '2!d' "$t/checkpoint")
sed '3!d' "$t/checkpoint" | base64 -d > "$t/root"
sed '1,2d; /^$/,$d' "$proof" > "$t/hashes"
fn=$i
sn=$((size - 1))
while read -r hash; do
  printf '%s' "$hash" | base64 -d > "$t/p"
  [ "$sn" -ne 0 ] || { echo "the proof is too long" >&2; exit 1; }
  if [ $((fn % 2)) -eq 1 ] || [ "$fn" -eq "$sn" ]; then
    { printf '\001'; cat "$t/p" "$t/r"; } | sum > "$t/n"
    while [ $((fn % 2)) -eq 0 ] && [ "$fn" -ne 0 ]; do fn=$((fn / 2)); sn=$((sn / 2)); done
  else
    { printf '\001'; cat "$t/r" "$t/p"; } | sum > "$t/n"
  fi
  mv "$t/n" "$t/r"
  fn=$((fn / 2))
  sn=$((sn / 2))
done < "$t/hashes"
[ "$sn" -eq 0 ] || { echo "the proof is too short" >&2; exit 1; }
cmp -s "$t/r" "$t/root" || { echo "the proof leads to another root: NOT PROVED" >&2; exit 1; }
sed '/^$/,$d' "$t/checkpoint" > "$t/text"
sed '1,/^$/d; s/.* //' "$t/checkpoint" | base64 -d | tail -c 64 > "$t/sig"
openssl pkeyutl -verify -rawin -pubin -inkey keys/case.pub.pem -in "$t/text" -sigfile "$t/sig" >/dev/null ||
  { echo "the signature on the tree does not verify: NOT PROVED" >&2; exit 1; }
echo "Entry $i is in the tree of $size entries that the case key signed:"
cat "$t/line"
echo
)SH";

}  // namespace

std::string check_proof_script() { return std::string(kCheckProof); }

std::string readme(const evidence::Verdict& v, const About& about) {
  std::string out = fmt::format(
      "A SIGNED RECORD OF WHAT A WEBSITE DID IN A BROWSER\n\n"
      "Site        {}\nLog         {}\nEntries     {}\nTree root   {}\nRecorded by {}\nWritten by  "
      "{}\n\n"
      "{}seg/ holds the record itself, one entry a "
      "line;\n"
      "disclosures.jsonl the fields that may be withheld; exhibits/ the site's policies as they "
      "were.\n\n"
      "WHAT IS WITHHELD\n\n{}\n",
      about.site.empty() ? "not named" : printable(about.site), printable(v.origin), v.tree_size,
      v.root_base64, v.identity.empty() ? "unknown" : printable(v.identity), about.producer,
      about.report ? "report.html, report.txt and report.json say what is in it. "
                   : "It is too long for a report in here: `affiant report` makes one. ",
      withheld_text(v, about));
  out += fmt::format(
      "WHAT IT PROVES, AND WHAT NOT\n\n"
      "That these entries, in this order, are what the holder of the case key signed, and that the "
      "key\n"
      "named above under \"Recorded by\" vouched for the case key. It does not prove whose key "
      "that is:\n"
      "get the maker's verifier key by a way you trust, not from here. {}\n"
      "It proves nothing about what the browser did not show to the recorder.\n\n"
      "HOW TO CHECK IT\n\n"
      "1. With the program\n\n"
      "  affiant verify {} --key THE-MAKERS.vkey\n\n"
      "2. Without it: a POSIX shell, sed, base64 and openssl 3\n\n"
      "  unzip {} -d record && cd record, then:\n\n{}\n",
      about.stamp_checks.empty()
          ? "Times are of the recorder's own clock; no outsider vouches for them."
          : "anchors/ holds a time-stamp authority's word for when it was there.",
      printable(about.file), printable(about.file), evidence::hand_check_here());
  if (about.proofs) out += kProofText;
  if (!about.stamp_checks.empty())
    out +=
        "\n2c. The time stamps (ROOT.pem: the authority's own certificate, got from the "
        "authority)\n\n" +
        about.stamp_checks;
  out +=
      "\nThe files named in manifest.json have the SHA-256 that it says (sha256sum); nothing "
      "signed\n"
      "vouches for them, the report among them: it can be made again from the record with\n"
      "`affiant report`. The format is written down in docs/log-format.md of the program's "
      "source.\n";
  return out;
}

std::string certification(const evidence::Verdict& v, const About& about) {
  return fmt::format(
      "CERTIFICATION OF A RECORD GENERATED BY AN ELECTRONIC PROCESS\n"
      "(a form to fill in; written with US Federal Rules of Evidence 902(11), 902(13) and 902(14) "
      "and\n"
      "ISO/IEC 27037:2012 in mind; take legal advice before you rely on it)\n\n"
      "The record\n\n"
      "  Site observed            {}\n"
      "  Log                      {}\n"
      "  Entries                  {}\n"
      "  Root of the hash tree    {}\n"
      "  Identity of the recorder {}\n"
      "  Program                  {}\n"
      "  SHA-256 of this bundle   "
      "________________________________________________________________\n\n"
      "I, ______________________________, certify:\n\n"
      "1. I am ____________________________ (occupation, qualification) and have knowledge of how "
      "the\n"
      "   record was made.\n"
      "2. The record was made on ____________________ (date) at ____________________ (place), on\n"
      "   ____________________________ (machine, operating system, network), by the program named\n"
      "   above observing a browser (name and version are in the entry session.open).\n"
      "3. The process produces an accurate result: each event the browser reported was written to "
      "an\n"
      "   append-only log, hashed and signed as it came (FRE 902(13)). What the browser did not "
      "report\n"
      "   is not in it; interruptions are marked in it.\n"
      "4. The copy in this bundle was identified by the hash values above, and verified on\n"
      "   ____________________ (date) with the result ____________________________ (FRE 902(14)).\n"
      "5. Handling (ISO/IEC 27037: auditable, repeatable, reproducible, justifiable)\n"
      "     collected by    ______________________________   on ____________________\n"
      "     kept by         ______________________________   where ____________________\n"
      "     handed to       ______________________________   on ____________________\n"
      "6. Anything out of the ordinary: ______________________________________________________\n\n"
      "I declare under penalty of perjury that the foregoing is true and correct.\n\n"
      "Date ____________________          Signature ______________________________\n",
      about.site.empty() ? "not named" : printable(about.site), printable(v.origin), v.tree_size,
      v.root_base64, v.identity.empty() ? "unknown" : printable(v.identity), about.producer);
}

}  // namespace affiant::bundle
