#include "evidence/verify.h"
#include "report/log_excerpt.h"

namespace affiant::report {
namespace {

using policy::Format;

// A source does not say in which form it came: the form is the one that gives its text.
std::vector<policy::Block> blocks_of(std::string_view bytes, const std::string& text) {
  for (const Format format : {Format::kBlocks, Format::kHtml, Format::kMarkdown, Format::kText}) {
    auto document = policy::read_document(bytes, format, "exhibit");
    if (document && document->text == text) return std::move(document->blocks);
  }
  return {};
}

}  // namespace

std::map<int, std::vector<policy::Block>> read_outlines(const std::filesystem::path& case_dir,
                                                        const policy::Declaration& declaration) {
  std::map<int, std::vector<policy::Block>> out;
  for (const policy::Source& source : declaration.sources) {
    if (source.text.empty() || source.sha256.empty()) continue;
    const auto bytes = evidence::read_exhibit(case_dir, source.sha256);
    if (bytes) out[source.id] = blocks_of(*bytes, source.text);
  }
  return out;
}

}  // namespace affiant::report
