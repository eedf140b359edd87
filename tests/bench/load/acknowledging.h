// Every agent of a fleet acknowledges an alert, in any order, evenly spread over some time.
#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <vector>

#include "tests/bench/load/fleet.h"

namespace wardcast::bench {

struct AcknowledgingConfig {
  std::string alert_id;
  // The first call is sent at once, the last after this.
  std::chrono::milliseconds spread{2'000};
  // Endpoint number n is in the ward "ward-<n / per_ward + 1>".
  int per_ward = 10;
  // A refused one is sent again after this, as an agent would.
  std::chrono::milliseconds again_after{250};
  std::chrono::milliseconds limit{60'000};
};

// Threads: the loop's.
class Acknowledging final : public ReportEvents {
 public:
  Acknowledging(Loop& loop, Fleet& fleet, AcknowledgingConfig config);

  // Until each is confirmed. kUnavailable: not within the limit, or refused for good, and why.
  Result<void> Run();

  // Of the last Run().
  int refused() const { return refused_; }  // told to come back
  std::chrono::duration<double, std::milli> last_confirmed() const { return last_ - began_; }
  // From sending an acknowledgement for the first time until it was confirmed, in milliseconds,
  // ascending.
  const std::vector<double>& waits() const { return waits_; }

 private:
  struct Refused {
    int endpoint;
    Instant due;
  };

  void OnReported(int endpoint, const Reported& reported) override;
  void SendWhatIsDue();
  void Send(int endpoint);

  Loop& loop_;
  Fleet& fleet_;
  const AcknowledgingConfig config_;
  std::vector<std::string> reports_;  // serialised, by endpoint
  std::vector<int> order_;            // in which they press
  std::vector<Instant> sent_;
  std::deque<Refused> again_;
  std::vector<double> waits_;
  Instant began_;
  Instant last_;
  int next_ = 0;
  int refused_ = 0;
  std::string problem_;
};

}  // namespace wardcast::bench
