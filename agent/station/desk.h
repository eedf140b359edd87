// What the station's thread does: brings link, cache, outbox, rules and presenter together. Knows
// no thread and no transport, so that tests drive it step by step.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "agent/core/contact_rule.h"
#include "agent/core/holding.h"
#include "agent/core/inbox.h"
#include "agent/core/reconcile.h"
#include "agent/core/reports/outbox.h"
#include "agent/core/reports/screen_report.h"
#include "agent/core/screen.h"
#include "agent/disk/cache.h"
#include "agent/link/link.h"
#include "agent/station/ledger.h"
#include "agent/station/server_clock.h"
#include "base/backoff.h"
#include "base/signature.h"

namespace wardcast::agent {

struct DeskConfig {
  std::string endpoint_id;
  v1::EndpointInfo info;  // host, versions; the id comes from the link
};

// Threads: one at a time. Between Begin and Finish any number of events and presses, all at the
// moment given to Begin.
class Desk final : public LinkEvents {
 public:
  // Loads the cache; what does not verify there is dropped and logged. kDataLoss, kUnavailable: as
  // Cache::Load.
  static Result<std::unique_ptr<Desk>> Open(DeskConfig config, Cache cache, VerifyingKey key,
                                            Ledger ledger, ServerClock& clock, Moment start);

  // Both outlive the desk's use of them.
  void Attach(Link& link, Presenter& presenter);

  void Begin(Moment now) { now_ = now; }
  // Sends what is due, shows what changed; returns when it wants to be called again.
  Elapsed Finish();
  // Before the process ends: tells the broker that this PC goes, with what is left to report, and
  // notes when a broker was last heard. Blocks up to 1 s.
  void Close();

  // Presses: on disk before they are shown as given.
  void Displayed(const std::string& alert_id, int round);
  void Seen(const std::string& alert_id, int round);
  void Answered(const PresenterEvents::Answer& answer);

  // Told with the next subscription, or within a second or two over this one.
  void ScreenChanged(ScreenState state);

  // The link's.
  v1::SubscribeRequest Greet() override;
  void Received(const v1::SubscribeResponse& message) override;
  void Lost(const LinkLoss& loss) override;
  void Reported(Result<v1::ReportResponse> result) override;
  void SettingsCame(Result<v1::GetSettingsResponse> result) override;
  void ProceduresCame(Result<v1::GetProceduresResponse> result) override;

 private:
  Desk(DeskConfig config, Cache cache, VerifyingKey key, Ledger ledger, ServerClock& clock,
       Moment start, CacheContent content);

  // desk.cc
  bool Commit(const CacheChange& change);
  std::optional<Elapsed> Show();  // when it would look different by itself
  void NoteCalls(const Screen& screen);
  Elapsed Send();
  std::optional<Elapsed> NextReportAt() const;
  Elapsed Fetch();
  bool Reports() const;  // BOARDs never report
  void Leave();

  // desk_press.cc
  Stage StageShown(const std::string& alert_id) const;
  // What a receipt is about: an alert that is held, or one that claims that id.
  struct Subject {
    std::string alert_id;
    std::string log_id;
    std::int64_t generation = 0;
    int round = 0;
  };
  static Subject About(const v1::Alert& alert, int round);
  std::optional<OutboxItem> Draft(const Subject& subject, v1::Receipt::Kind::Value kind) const;
  bool IsLastPressed(const v1::Acknowledgement& pressed) const;
  void Record(const Call& call, const Attention& attention, std::vector<OutboxItem> items);
  // A receipt waits this long for company.
  static constexpr std::chrono::milliseconds kReceiptsGather{100};
  void Gather(std::chrono::milliseconds most);

  // desk_link.cc
  // True: the broker serves another log, or another life of it, than so far.
  bool MeetLog(const v1::SubscribeResponse& message);
  void Reopen();
  Subject Rejected(const std::string& claimed_id) const;
  Incoming AdmitAll(const v1::SubscribeResponse& message, std::vector<OutboxItem>& rejected);
  void Take(const v1::SubscribeResponse& message, const Difference& difference, bool met_log,
            std::vector<OutboxItem> rejected);
  void Forget(const Difference& difference);

  const DeskConfig config_;
  Cache cache_;
  const VerifyingKey key_;
  Ledger ledger_;
  ServerClock& clock_;
  Link* link_ = nullptr;
  Presenter* presenter_ = nullptr;
  Moment now_;

  Holdings holdings_;
  Attentions attentions_;
  Outbox outbox_;
  std::optional<v1::GetSettingsResponse> settings_;
  std::optional<v1::GetProceduresResponse> procedures_;
  SyncPoint sync_point_;  // also: which log the broker serves
  SyncPoint reported_;    // which log it served when the report under way was sent
  Confirmation confirmation_;
  ContactRule contact_;

  std::shared_ptr<const Screen> shown_;
  std::set<std::tuple<std::string, int, Stage>> called_;  // in this run, for the ledger
  ScreenReport screen_;
  bool reporting_ = false;  // one report is under way at a time
  Backoff report_backoff_;
  Elapsed gather_until_{0};
  std::optional<Elapsed> fetch_settings_at_;
  std::optional<Elapsed> fetch_procedures_at_;
  bool fetching_settings_ = false;
  bool fetching_procedures_ = false;
  TimePoint noted_contact_;  // last_confirmed as it lies on disk
  bool said_lost_ = false;   // the log says each loss and each return once
  bool disk_failed_ = false;
};

}  // namespace wardcast::agent
