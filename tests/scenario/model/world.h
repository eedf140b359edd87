// A hospital in which random things happen, and a model of it that is too simple to be wrong: the
// alerts as their publishers were answered, who is where, and what was reported.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/house/broker_part.h"
#include "tests/house/house.h"
#include "tests/house/reporting_pc.h"

namespace wardcast::testing {

// Threads: one. Everything that happens follows from the seed.
class World {
 public:
  explicit World(unsigned seed);

  // Something happens. False: a rule was broken; see trouble().
  bool Step();
  // Everybody comes back and takes what is theirs: is it what the model says?
  bool Settle();

  // What is wrong; empty: nothing.
  const std::string& trouble() const { return trouble_; }
  // One line for each step.
  const std::vector<std::string>& story() const { return story_; }

 private:
  // What happens.
  void Publish();
  void PublishAgain();
  void Signal();
  void Update();
  void End();
  void Connect();
  void Disconnect();
  void Take();
  void Report();
  void Press();
  void Move();
  void Wait();
  void Restart();
  void Lose();

  // The model.
  static bool Closed(const v1::Alert& alert);
  static std::string Brief(const v1::Alert& alert);  // for the story
  int Random(int below);
  std::string AnyWard();
  ReportingPc& AnyPc();
  v1::Alert* AnyOpen();
  std::string WardOf(const std::string& endpoint_id) const;
  bool Concerns(const v1::Alert& alert, const ReportingPc& pc) const;
  Held OpenFor(const ReportingPc& pc) const;
  void Accept(const v1::Alert& alert);

  // What must hold after each step, and in the end (world_checks.cc).
  void CheckHoldings();
  void CheckFinalHoldings(ReportingPc& pc);
  void CheckAnswers(const v1::Alert& alert);
  void CheckCounts(const v1::Alert& alert);

  template <class Response>
  std::optional<Response> Ask(const char* method, const google::protobuf::Message& request);
  void Say(std::string line) { story_.push_back(std::move(line)); }
  void Wrong(const std::string& what);
  void Start();

  const unsigned seed_;
  unsigned steps_ = 0;
  std::mt19937 random_;  // seeded anew for each step: what one step draws does not move the next
  House house_;
  LossyBus* bus_ = nullptr;
  std::unique_ptr<BrokerPart> broker_;
  std::vector<std::unique_ptr<ReportingPc>> pcs_;

  std::map<std::string, v1::Alert> alerts_;  // as last answered, by id
  struct Request {
    v1::PublishAlertRequest request;
    TimePoint at;
  };
  std::map<std::string, Request> requests_;                     // that made them
  std::map<std::string, std::string> by_key_;                   // source key → open alert
  std::set<std::pair<const ReportingPc*, std::string>> ended_;  // seen closed by this one
  std::vector<std::string> story_;
  std::string trouble_;
};

}  // namespace wardcast::testing
