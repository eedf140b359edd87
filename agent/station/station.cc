#include "agent/station/station.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "agent/disk/cache.h"
#include "agent/link/grpc_link.h"
#include "agent/station/desk.h"
#include "agent/station/mailbox.h"
#include "agent/station/server_clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/named_thread.h"
#include "base/signature.h"

namespace wardcast::agent {
namespace {

Result<VerifyingKey> ReadKey(const StationConfig& config) {
  const std::filesystem::path& file = config.signing_key;
  if (file.empty()) return VerifyingKey::FromPem(config.signing_key_pem);
  const auto pem = ReadFile(file, 64u << 10);
  if (!pem) {
    return Fail(pem.error().code,
                "the broker's public signing key cannot be read: " + pem.error().message +
                    " (copy signing.pub from the broker's data folder)");
  }
  auto key = VerifyingKey::FromPem(*pem);
  if (!key) return Fail(key.error().code, file.string() + ": " + key.error().message);
  return key;
}

}  // namespace

// Everything that the thread works with, in the order of making.
class Station::Parts {
 public:
  Parts(StationConfig station_config, ServerClock server_clock)
      : config(std::move(station_config)), clock(server_clock) {}

  void Run(std::stop_token stop, Presenter& presenter) {
    const auto link = MakeGrpcLink(
        {.brokers = config.brokers,
         .endpoint_id = config.endpoint_id,
         .tls = config.tls,
         .seed = std::hash<std::string>()(config.endpoint_id)},
        [this](Mailbox::Task task) { Put(std::move(task)); }, *desk);
    desk->Attach(*link, presenter);
    Elapsed next{0};
    while (!stop.stop_requested()) {
      std::vector<Mailbox::Task> tasks = mailbox.Take(next - clock.Now().elapsed);
      const Moment now = clock.Now();
      desk->Begin(now);
      link->Tick(now.elapsed);
      for (Mailbox::Task& task : tasks) task();
      next = std::min(link->Tick(now.elapsed), desk->Finish());
    }
    desk->Close();
  }

  void Put(Mailbox::Task task) {
    if (!mailbox.Put(std::move(task)))
      SPDLOG_ERROR("the station is too busy: an event was dropped");
  }

  const StationConfig config;
  ServerClock clock;
  Mailbox mailbox;
  std::unique_ptr<Desk> desk;
};

Result<std::unique_ptr<Station>> Station::Open(StationConfig config) {
  auto key = ReadKey(config);
  if (!key) return std::unexpected(key.error());
  Ledger ledger;
  if (!config.ledger.empty()) {
    auto opened = Ledger::Open(config.ledger);
    if (!opened) return std::unexpected(opened.error());
    ledger = std::move(*opened);
  }
  auto parts = std::make_unique<Parts>(std::move(config), ServerClock());
  auto cache = Cache::Open(parts->config.data_dir, parts->clock.Now().time);
  if (!cache) return std::unexpected(cache.error());
  DeskConfig desk_config{.endpoint_id = parts->config.endpoint_id, .info = {}};
  desk_config.info.set_host(parts->config.host);
  desk_config.info.set_serial(parts->config.serial);
  desk_config.info.set_agent_version(parts->config.version);
  desk_config.info.set_os("Linux");
  auto desk = Desk::Open(std::move(desk_config), std::move(*cache), std::move(*key),
                         std::move(ledger), parts->clock, parts->clock.Now());
  if (!desk) return std::unexpected(desk.error());
  parts->desk = std::move(*desk);
  return std::unique_ptr<Station>(new Station(std::move(parts)));
}

Station::Station(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Station::~Station() { Stop(); }

void Station::Start(Presenter& presenter) {
  thread_ = StartThread("station",
                        [this, &presenter](std::stop_token stop) { parts_->Run(stop, presenter); });
}

void Station::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  parts_->mailbox.Wake();
  thread_.join();
}

void Station::Displayed(const std::string& alert_id, int round) {
  parts_->Put([this, alert_id, round] { parts_->desk->Displayed(alert_id, round); });
}

void Station::Seen(const std::string& alert_id, int round) {
  parts_->Put([this, alert_id, round] { parts_->desk->Seen(alert_id, round); });
}

void Station::Answered(const Answer& answer) {
  parts_->Put([this, answer] { parts_->desk->Answered(answer); });
}

void Station::ScreenChanged(ScreenState state) {
  parts_->Put([this, state] { parts_->desk->ScreenChanged(state); });
}

}  // namespace wardcast::agent
