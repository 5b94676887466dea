// Records of a CSV text (RFC 4180), one after the other. Internal to this layer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::knowledge {

class CsvRecords {
 public:
  explicit CsvRecords(std::string_view text) : text_(text) {}

  // False at the end. A record above kLayerRecordBytes (a quotation mark that is never closed)
  // comes without cells; reading goes on at the line after so many bytes.
  bool next(std::vector<std::string>* cells);
  std::size_t line() const { return line_; }  // Where the record that next() gave begins; from 1.

 private:
  void give_up(std::size_t begin, std::vector<std::string>* cells);

  std::string_view text_;
  std::size_t at_ = 0, line_ = 0, next_line_ = 1;
};

}  // namespace affiant::knowledge
