// What a connection of the load generator speaks: bytes in, bytes out. Knows no socket.
#pragma once

#include <string>
#include <string_view>

namespace wardcast::bench {

// Threads: one.
class Wire {
 public:
  virtual ~Wire() = default;

  // Takes what has arrived. False: the peer speaks nonsense or has ended the connection; problem()
  // says which, and nothing more may be given to it.
  virtual bool Receive(std::string_view bytes) = 0;

  // What is to be sent next; the owner removes what it has sent.
  std::string& out() { return out_; }
  const std::string& problem() const { return problem_; }

 protected:
  // For `return Broken("…")`.
  bool Broken(std::string why) {
    problem_ = std::move(why);
    return false;
  }

  std::string out_;

 private:
  std::string problem_;
};

}  // namespace wardcast::bench
