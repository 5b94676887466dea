#include "knowledge/layers/csv.h"

#include <algorithm>

#include "knowledge/layer.h"

namespace affiant::knowledge {

void CsvRecords::give_up(std::size_t begin, std::vector<std::string>* cells) {
  cells->clear();
  const std::size_t end = text_.find('\n', begin + kLayerRecordBytes);
  at_ = end == std::string_view::npos ? text_.size() : end + 1;
  const std::string_view over = text_.substr(begin, at_ - begin);
  next_line_ = line_ + static_cast<std::size_t>(std::count(over.begin(), over.end(), '\n'));
}

bool CsvRecords::next(std::vector<std::string>* cells) {
  cells->clear();
  if (at_ >= text_.size()) return false;
  line_ = next_line_;
  const std::size_t begin = at_;
  std::string cell;
  bool quoted = false;
  for (; at_ < text_.size(); ++at_) {
    if (at_ - begin > kLayerRecordBytes) {
      give_up(begin, cells);
      return true;
    }
    const char c = text_[at_];
    if (c == '\n') ++next_line_;
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell += text_[at_++];
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == ',') {
      cells->push_back(std::move(cell));
      cell.clear();
    } else if (c == '\n') {
      ++at_;
      break;
    } else if (c != '\r') {
      cell += c;
    }
  }
  cells->push_back(std::move(cell));
  return true;
}

}  // namespace affiant::knowledge
