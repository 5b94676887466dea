// C2SP tlog-policy: which logs are accepted, and which cosignatures are enough.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/note.h"

namespace affiant::evidence {

struct PolicyKey {
  std::string name;  // Of a witness, within the policy.
  VerifierKey key;
  std::string url;  // May be empty.
};

class TlogPolicy {
 public:
  // kMalformed with "line N: …"; kTooLarge.
  static Result<TlogPolicy> parse(std::string_view text);

  const std::vector<PolicyKey>& logs() const { return logs_; }
  const std::vector<PolicyKey>& witnesses() const { return witnesses_; }
  // Whether a checkpoint with good cosignatures by these (`cosigned[i]`: by witnesses()[i]) meets
  // the quorum.
  bool satisfied(const std::vector<bool>& cosigned) const;

 private:
  // A witness or a group; members are always nodes before it.
  struct Node {
    std::string name;
    std::size_t witness = 0;           // Index, of a witness.
    std::size_t threshold = 0;         // Of a group; 0: a witness.
    std::vector<std::size_t> members;  // Of a group.
    bool used = false;                 // Is a member of a group already.
  };
  Status take_log(const std::vector<std::string_view>& words);
  Status take_witness(const std::vector<std::string_view>& words);
  Status take_group(const std::vector<std::string_view>& words);
  Status take_quorum(const std::vector<std::string_view>& words);
  std::size_t find(std::string_view name) const;  // nodes_.size() when it is not defined.

  std::vector<PolicyKey> logs_;
  std::vector<PolicyKey> witnesses_;
  std::vector<Node> nodes_;
  bool has_quorum_ = false;
  bool none_ = false;       // quorum none
  std::size_t quorum_ = 0;  // A node.
};

}  // namespace affiant::evidence
