// Connections that publish and end alerts, opened before they are needed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/load/endpoint.h"
#include "tests/bench/load/link/connection.h"

namespace wardcast::bench {

// Threads: the loop's.
class Publishers {
 public:
  // `broker`: its gRPC door. It must outlive this.
  Publishers(Loop& loop, const Place& broker, const std::string& token, int count);
  ~Publishers();

  // kUnavailable: the broker does not answer on each of them.
  Result<void> Connect();

  // Sends so many PublishAlert at once, each on its own connection. `count`: at most as many as
  // there are.
  void Publish(int count);
  // Ends what was published, each with an all clear, as many at once as there are connections.
  void EndAll();
  // Nothing is under way. Begins what is left of EndAll.
  bool Idle();

  // Empty: every call so far was answered with OK.
  const std::string& problem() const { return problem_; }
  // Ids of published alerts that were not ended, in the order of the answers.
  const std::vector<std::string>& open() const { return open_; }
  Instant answered() const { return answered_; }  // the last call

 private:
  class Publisher;
  void OnAnswer(const std::string& published_id, const std::string& problem);

  Loop& loop_;
  const Place& broker_;
  std::vector<std::unique_ptr<Publisher>> publishers_;
  std::vector<std::string> open_;
  std::vector<std::string> to_end_;
  int under_way_ = 0;
  int published_ = 0;  // for the headline
  Instant answered_;
  std::string problem_;
};

}  // namespace wardcast::bench
