// Writes until it is killed: `contract_store_writer LEDGER sqlite FOLDER N` or `… LEDGER postgresql
// CONNINFO N`; the first receipt has number N. A line is added to LEDGER after each commit: "alert
// ID VERSION" or "receipt NUMBER".
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>

#include "server/store/open_store.h"

namespace wardcast {
namespace {

bool Note(int ledger, const std::string& line) {
  return write(ledger, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

SealAlert Seal() {
  return [](const v1::Alert& alert) {
    v1::SignedAlert sealed;
    sealed.set_payload(alert.SerializeAsString());
    return sealed;
  };
}

void WriteAlerts(Store& store, int ledger) {
  std::string last;
  for (int i = 0;; ++i) {
    AlertChange change;
    change.caller = "writer";
    change.now = TimePoint(std::chrono::milliseconds(i));
    if (i % 2 == 1) change.alert_id = last;
    change.decide = [i](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
      AlertDecision decision;
      if (current != nullptr) decision.alert = *current;
      decision.alert.set_state(v1::State::ACTIVE);
      decision.alert.set_revision(i);
      decision.expected = {{.ward_id = "4w", .endpoints = 3}};
      return decision;
    };
    const auto changed = store.Change(change, Seal());
    if (!changed) return;
    last = changed->stored.alert.id();
    if (!Note(ledger,
              "alert " + last + " " + std::to_string(changed->stored.alert.version()) + "\n"))
      return;
  }
}

void WriteReceipts(Store& store, int ledger, int first) {
  for (int i = first;; ++i) {
    JournalBatch batch{.receipts = {}, .answers = {}, .now = TimePoint{}, .broker_id = "writer"};
    batch.receipts.push_back({.alert_id = "A",
                              .round = 1,
                              .endpoint_id = "pc" + std::to_string(i),
                              .ward_id = "4w",
                              .kind = v1::Receipt::Kind::DISPLAYED});
    if (!store.Record(batch) || !Note(ledger, "receipt " + std::to_string(i) + "\n")) return;
  }
}

}  // namespace
}  // namespace wardcast

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const std::string kind = argv[2];
  wardcast::StoreConfig config;
  if (kind == "sqlite") config.data_dir = argv[3];
  if (kind == "postgresql") config.postgresql = argv[3];
  const auto store = wardcast::OpenStore(config, wardcast::TimePoint{});
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 1;
  }
  const int ledger = open(argv[1], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (ledger < 0) return 1;
  const std::jthread receipts(
      [&] { wardcast::WriteReceipts(**store, ledger, std::stoi(argv[4])); });
  wardcast::WriteAlerts(**store, ledger);
  return 0;
}
