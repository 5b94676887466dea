// What the extension wants to show: one case after the other is read by a process of its own, and
// its output becomes messages. Not thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/reader_process.h"
#include "wire/message.h"

namespace affiant::recorder {

class Viewings {
 public:
  using Send = std::function<Status(const wire::HostMessage&)>;

  // `program`: the `affiant` that reads. The clock must outlive this.
  Viewings(std::filesystem::path program, Clock& clock, Send send);

  // Answers now or later; never fails for want of an answer. Errors are those of Send.
  Status show(const wire::Show& wanted, const std::filesystem::path& case_dir);
  // Answers that there is nothing to show.
  Status refuse(const wire::Show& wanted, const Error& error) const;

  int output() const;            // To wait for, or -1.
  std::int64_t wait_ms() const;  // Until pass_on() must be called all the same, or -1.
  // Takes what is readable, or gives up what takes too long. Errors are those of Send.
  Status pass_on(bool readable);

 private:
  struct Wanted {
    wire::Show show;
    std::filesystem::path case_dir;
  };
  struct Running {
    wire::Show show;
    ReaderProcess process;
    std::int64_t ends_ns = 0;
    std::string text;      // What was read and not yet passed on.
    std::size_t part = 0;  // Of a report: which of its parts (kParts) that belongs to.
  };

  Status next();
  Status send_pieces();
  Status send_part(std::string_view text, bool done);
  Status end(const std::optional<Error>& error);
  Status answer(const wire::Show& show, const std::string& text, std::size_t part,
                const std::optional<Error>& error) const;

  std::filesystem::path program_;
  Clock* clock_;
  Send send_;
  std::deque<Wanted> waiting_;
  std::optional<Running> running_;
};

// The program beside this one.
std::filesystem::path reader_beside_host();

}  // namespace affiant::recorder
