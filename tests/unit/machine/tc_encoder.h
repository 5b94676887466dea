// Writes TC strings bit by bit, so that a test knows what is in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::machine {

class TcEncoder {
 public:
  TcEncoder& put(std::uint64_t value, unsigned width) {
    for (unsigned i = width; i-- > 0;) bits_.push_back((value >> i & 1U) != 0);
    return *this;
  }
  TcEncoder& letters(std::string_view two) {
    for (const char c : two) put(static_cast<std::uint64_t>(c - 'A'), 6);
    return *this;
  }
  // Bit n of the field is the item n, from 1.
  TcEncoder& set(const std::vector<unsigned>& items, unsigned width) {
    std::vector<bool> field(width, false);
    for (const unsigned item : items) field[item - 1] = true;
    bits_.insert(bits_.end(), field.begin(), field.end());
    return *this;
  }
  // All fields of the core up to the vendors.
  TcEncoder& core(const std::vector<unsigned>& purposes) {
    put(2, 6).put(17'000'000'000, 36).put(17'000'000'010, 36).put(300, 12).put(4, 12).put(1, 6);
    letters("DE").put(123, 12).put(5, 6).put(1, 1).put(0, 1).set({1}, 12);
    return set(purposes, 24).set({2, 7}, 24).put(0, 1).letters("FR");
  }
  TcEncoder& no_vendors() { return put(0, 16).put(0, 1).put(0, 16).put(0, 1); }

  std::string text() const {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    for (std::size_t at = 0; at < bits_.size(); at += 6) {
      unsigned six = 0;
      for (std::size_t i = 0; i < 6; ++i)
        six = six * 2 + (at + i < bits_.size() && bits_[at + i] ? 1U : 0U);
      out += kLetters[six];
    }
    return out;
  }

 private:
  std::vector<bool> bits_;
};

}  // namespace affiant::machine
