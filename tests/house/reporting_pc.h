// An endpoint that also reports: what it was sent, what was pressed at it, and what a broker has
// confirmed. Its outbox survives everything but Wipe().
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/fixtures/ward_pc.h"
#include "tests/house/broker_part.h"

namespace wardcast::testing {

// Threads: one.
class ReportingPc {
 public:
  ReportingPc(std::string id, const Clock& clock) : pc(std::move(id)), clock_(clock) {}

  // Puts a receipt, or an answer for `ward_id`, into the outbox. The answer's note is its id, so
  // that it can be found again; returned.
  void Receive(const v1::Alert& alert, v1::Receipt::Kind::Value kind);
  std::string Press(const v1::Alert& alert, const std::string& ward_id,
                    v1::Response::Value response = v1::Response::PROCEDURE_STARTED);

  // What becomes of the broker's answer on its way.
  enum class Answer { kArrives, kIsLost };
  // Sends everything that waits, in one call. What is confirmed or refused for good leaves the
  // outbox.
  Result<v1::ReportResponse> Send(BrokerPart& broker, Answer answer = Answer::kArrives);
  bool waits() const { return waiting_.receipts_size() + waiting_.acknowledgements_size() > 0; }
  // The outbox gets new ids, as after a wiped cache that was filled again; what was pressed when
  // stays.
  void RenameAll();

  WardPc pc;
  // Acknowledgements and receipts by id: answers given (with their alert), what a broker confirmed,
  // what it refused for good.
  std::map<std::string, std::string> answered;
  std::set<std::string> confirmed;
  std::map<std::string, std::string> refused;
  // (alert, round) that it put into its outbox as displayed or seen.
  std::set<std::pair<std::string, int>> displayed;
  // Skew of its own clock.
  std::chrono::milliseconds skew{0};

 private:
  TimePoint Now() const { return clock_.Now() + skew; }

  const Clock& clock_;
  v1::ReportRequest waiting_;
};

}  // namespace wardcast::testing
