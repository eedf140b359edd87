// A publisher that never gives up: it publishes, updates and ends without pause, and repeats each
// call with the same request id until it is answered.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "tests/programs/hospital.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::testing {

// Threads: one of its own; everything else from the test's.
class Publisher {
 public:
  // Every third notice is never ended (60 at most).
  Publisher(const Hospital& hospital, unsigned seed);
  // Answers the last call, then stops. Idempotent.
  void Stop();
  ~Publisher() { Stop(); }

  // Calls that were answered so far.
  int answered() const { return answered_; }

  // What was accepted, as it was answered last, by id. After Stop().
  const std::map<std::string, v1::Alert>& accepted() const { return accepted_; }
  // Calls that had to be repeated. After Stop().
  int repeated() const { return repeated_; }
  // What a call was refused with, which should not happen. After Stop().
  const std::vector<std::string>& refused() const { return refused_; }

  // For the test, after Stop(). Every alert there is; throws if the broker does not answer.
  std::vector<v1::Alert> ListAll();
  std::vector<v1::WardAnswer> AnswersTo(const std::string& alert_id);

 private:
  void Run(const std::stop_token& stop);
  void PublishOne(int number);
  void UpdateOne(const std::string& id);
  void EndOne(const std::string& id);
  // `call` is made until it is answered; true: accepted.
  bool Insist(const std::function<grpc::Status(grpc::ClientContext&)>& call);
  void Prepare(grpc::ClientContext& context) const;

  const std::string token_;
  const std::unique_ptr<v1::AlertService::Stub> stub_;
  std::mt19937 random_;
  std::map<std::string, v1::Alert> accepted_;
  std::vector<std::string> endable_;
  std::vector<std::string> refused_;
  int kept_ = 0;
  int repeated_ = 0;
  std::atomic<int> answered_ = 0;
  std::jthread thread_;
};

}  // namespace wardcast::testing
