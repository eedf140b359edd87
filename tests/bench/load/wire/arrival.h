// What a delivery brings, read without building messages: a generator that parses everything would
// measure itself.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wardcast::bench {

struct ArrivedAlert {
  std::string_view id;       // into the delivery
  std::int64_t version = 0;  // log sequence: no two versions of any alerts share one
  bool closed = false;
};

struct Arrival {
  std::vector<ArrivedAlert> alerts;
  bool synced = false;
  bool goodbye = false;  // with retry_after: the broker closes
};

// A serialised SubscribeResponse. `arrival` is overwritten. False: malformed.
bool ReadArrival(std::string_view message, Arrival& arrival);
// A ServerFrame as JSON, as the broker writes it; frames without a subscription are empty arrivals.
// False: it says an error.
bool ReadJsonArrival(std::string_view text, Arrival& arrival);

}  // namespace wardcast::bench
