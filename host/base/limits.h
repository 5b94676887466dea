// Every cap of the project in one file. A cap is reached with Code::kTooLarge and a message that
// names it. Sizes are bytes unless the name says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace affiant::limits {

// Native messaging. Chromium lets a browser send 64 MiB, but our extension batches far below; a
// larger announcement is refused before anything is allocated. Host to browser is 1 MiB by the
// browsers' own rule.
inline constexpr std::size_t kFrameIn = 16U << 20U;
inline constexpr std::size_t kFrameOut = 1U << 20U;

// JSON.
inline constexpr std::size_t kJsonDepth = 64;
inline constexpr std::int64_t kMaxSafeInteger =
    (std::int64_t{1} << 53) - 1;  // RFC 8785 section 3.2.2.3 and I-JSON.

// The log. A C2SP tlog-tiles entry bundle counts an entry in 16 bits.
inline constexpr std::size_t kEntryBytes = 65'535;
inline constexpr std::size_t kEntryBody = 60'000;  // Above: an exhibit.
inline constexpr std::size_t kExhibitBytes = 16U << 20U;
inline constexpr std::size_t kSegmentLines = 65'536;
inline constexpr std::size_t kTileHashes = 256;       // A full tile is 256 * 32 = 8,192 bytes.
inline constexpr std::size_t kNoteBytes = 1U << 20U;  // A signed note (C2SP signed-note).
inline constexpr std::size_t kNoteSignatures = 100;   // As golang.org/x/mod/sumdb/note.
inline constexpr std::size_t kDisclosureBytes = 1U << 20U;

// Bundles. Deflate cannot shrink anything a thousandfold, and a log not a hundredfold.
inline constexpr std::size_t kManifestBytes = 64U << 20U;
inline constexpr std::uint64_t kBundleFiles = 2'000'000;
inline constexpr std::uint64_t kBundleBytes = std::uint64_t{1} << 40U;  // Unpacked.
inline constexpr std::uint64_t kBundleRatio = 200;
inline constexpr std::uint64_t kBundleSlack = 64U << 20U;  // What the ratio is not asked of.

inline constexpr std::size_t kRowsNamed = 1'000'000;  // On a command line.

inline constexpr std::size_t kWitnessStateBytes = 64U << 20U;

// Time stamps (RFC 3161). Real answers have 1 to 10 KB.
inline constexpr std::size_t kTimestampBytes = 256U << 10U;
inline constexpr std::size_t kTimesCited = 1'000;            // log.time entries of one log.
inline constexpr std::size_t kCertificateBytes = 4U << 20U;  // A file of PEM certificates.

// Group commit.
inline constexpr std::size_t kCommitEntries = 64;
inline constexpr std::int64_t kCommitDelayMs = 250;
inline constexpr std::size_t kCheckpointEntries = 1'000;
inline constexpr std::int64_t kCheckpointDelayMs = 10'000;
inline constexpr std::size_t kCheckpointsKept = 50'000;  // Beyond: only the last one is kept too.

// Cookies (RFC 6265bis section 5.6: name and value together, and each attribute value).
inline constexpr std::size_t kCookieNameValue = 4'096;
inline constexpr std::size_t kCookieAttributeValue = 1'024;
inline constexpr std::int64_t kCookieMaxAgeSeconds = 400LL * 24 * 60 * 60;

// What a page may make us keep.
inline constexpr std::size_t kUrlBytes = 64U << 10U;
inline constexpr std::size_t kFieldBytes =
    32U << 10U;  // Any other single string of an event; longer is cut and said so.
inline constexpr std::size_t kStackFrames = 32;
inline constexpr std::size_t kEventsPerBatch = 1'000;

// Policy texts and tables.
inline constexpr std::size_t kPolicyBytes = 32U << 20U;
inline constexpr std::size_t kPolicyBlocks = 200'000;
inline constexpr std::size_t kTableRows = 20'000;
inline constexpr std::size_t kTableColumns = 64;
inline constexpr std::size_t kHtmlDepth =
    1'000;  // Browsers keep at most 512 elements inside each other.
inline constexpr std::size_t kHtmlWork = 500'000'000;  // Looks through the stack of open elements.

inline constexpr std::size_t kHtmlAttributes = 200;  // Of a tag; the others are dropped.
inline constexpr std::size_t kHtmlElements = 400'000;
inline constexpr std::ptrdiff_t kMarkdownBars = 1'000;   // In a line.
inline constexpr std::size_t kStatements = 200'000;      // Of a document.
inline constexpr std::size_t kSentenceTokens = 500;      // A longer one is not read;
inline constexpr std::size_t kEnglishTokens = 2'000;     // in English, which has lists of names.
inline constexpr std::size_t kDeclaredCookies = 20'000;  // Of a document.
inline constexpr std::size_t kNamesPerCell = 2'000;
inline constexpr std::size_t kRowQuoteBytes = 200'000;  // Of one row, over all of its cookies.

// PDF, read by pdftotext as a process of its own.
inline constexpr std::size_t kPdfPages = 500;
inline constexpr std::size_t kPdfWordsBytes = 64U << 20U;  // What it may write.
inline constexpr std::size_t kPdfMemoryBytes = 1U << 30U;  // Its address space.
inline constexpr int kPdfSeconds = 20;                     // Of processor time.

// What consent managers declare in scripts.
inline constexpr std::size_t kJsNodes = 2'000'000;
inline constexpr std::size_t kNamePatterns = 32;  // Names that one regular expression stands for.

// Machine-readable files.
inline constexpr std::size_t kMachineFileBytes = 4U << 20U;  // A larger one is refused unread.
inline constexpr std::size_t kMachineStatements = 5'000;     // Of one; the others are counted.
inline constexpr std::size_t kMachineRows = 20'000;          // Likewise.
inline constexpr std::size_t kJsonNodes = 1'000'000;         // Values of one.
inline constexpr std::size_t kTcStringBytes = 32U << 10U;    // Real ones have at most a few KB.
inline constexpr std::size_t kTcSegments = 8;
inline constexpr std::size_t kTcRestrictions = 2'000;

// Filter lists.
inline constexpr std::size_t kLists = 1'000;
inline constexpr std::size_t kListBytes = 128U << 20U;
inline constexpr std::size_t kListLineBytes = 65'535;
inline constexpr std::size_t kRulesPerList = 4'000'000;
inline constexpr std::size_t kRulePatternBytes = 4'096;
inline constexpr std::size_t kRegexesPerList = 2'000;       // Each costs 0.1 to 2 ms to read.
inline constexpr std::size_t kRuleRegexBytes = 2'048;       // The text of one.
inline constexpr std::int64_t kRuleRegexMemory = 1 << 20;   // Its program and its caches, each.
inline constexpr std::size_t kDomainsPerList = 16'000'000;  // Named in options.

// A person's browsers, as `affiant doctor` looks at them.
inline constexpr std::size_t kProfiles = 1'000;
inline constexpr std::size_t kPreferencesBytes = 64U << 20U;

// Audit.
inline constexpr int kMaxPages = 50;
inline constexpr int kMaxPolicyPages = 4;
inline constexpr std::size_t kPlanBytes = 256U << 10U;

}  // namespace affiant::limits
