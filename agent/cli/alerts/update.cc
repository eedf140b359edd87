#include <algorithm>
#include <set>

#include "agent/cli/alerts/changed.h"
#include "agent/cli/command.h"
#include "agent/cli/notice/written.h"
#include "agent/cli/print.h"
#include "base/proto_time.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct UpdateFlags {
  std::string alert_id;
  NoticeFlags notice;
  int expected_revision = 0;
  int reach = -1;
  bool re_alert = false;
  bool in_place = false;
  std::vector<std::string> clear;
  std::string started;  // "now", or when
  std::string no_news;  // "30m"
  std::string extend;   // the new expected end
  bool send_now = false;
  bool settle_missed = false;
  std::string not_patient_data;
};

constexpr const char* kUnknown = "unknown";

// What a publisher may take out of a notice, as it is called on the wire.
constexpr const char* kClearable[] = {
    "impact", "still_works", "instructions",   "expected_end", "next_update", "back_entry",
    "reason", "ticket",      "phone_fallback", "downtime_pc",  "binder",      "send_at"};

// The short words of an update, as the fields that they mean.
OrExit<void> TakeShortWords(const UpdateFlags& flags, TimePoint now,
                            v1::UpdateAlertRequest& request, std::set<std::string>& cleared) {
  Doubled doubled = DoubledOf(flags.notice.first_time, flags.notice.second_time);
  v1::Alert& alert = *request.mutable_alert();
  if (!flags.started.empty()) {
    request.set_started(true);
    if (flags.started != "now") {
      auto started = ParseTime(flags.started, doubled, now);
      if (!started) return Misused("--started " + started.error().message);
      *alert.mutable_started_at() = std::move(*started);
    }
  }
  if (!flags.no_news.empty()) {
    const auto minutes = ParseMinutes(flags.no_news);
    if (!minutes) return Misused("--no-news " + minutes.error().message);
    *alert.mutable_next_update()->mutable_at() = ToTimestamp(now + *minutes);
    request.set_re_alert(v1::ReAlert::NO);
  }
  // Without a time it waits for none.
  if (flags.send_now) cleared.insert("send_at");
  request.set_settle_missed(flags.settle_missed);
  if (flags.extend == kUnknown) {
    cleared.insert("expected_end");
  } else if (!flags.extend.empty()) {
    auto end = ParseTime(flags.extend, doubled, now);
    if (!end) return Misused("--extend " + end.error().message);
    *alert.mutable_expected_end() = std::move(*end);
  }
  return {};
}

// Everything that is set, and what is to become empty. A mask is given only where something does.
void NameFields(const std::set<std::string>& cleared, v1::UpdateAlertRequest& request) {
  if (cleared.empty()) return;
  const v1::Alert& alert = request.alert();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  alert.GetReflection()->ListFields(alert, &set);
  std::set<std::string> names = cleared;
  for (const auto* field : set) names.insert(field->name());
  for (const std::string& name : names) request.mutable_update_mask()->add_paths(name);
}

OrExit<v1::UpdateAlertRequest> RequestFrom(Session& session, const UpdateFlags& flags,
                                           TimePoint now) {
  NoticeFlags notice = flags.notice;
  std::set<std::string> cleared;
  for (std::string name : flags.clear) {
    std::ranges::replace(name, '-', '_');
    cleared.insert(name);
  }
  if (notice.until == kUnknown) {
    cleared.insert("expected_end");
    notice.until.clear();
  }
  auto alert = WrittenAlert(session, notice, now);
  if (!alert) return std::unexpected(alert.error());
  v1::UpdateAlertRequest request;
  *request.mutable_alert() = std::move(*alert);
  if (auto taken = TakeShortWords(flags, now, request, cleared); !taken)
    return std::unexpected(taken.error());
  request.set_request_id(NewUlid(now));
  request.set_alert_id(flags.alert_id);
  request.set_expected_revision(flags.expected_revision);
  request.set_patient_data_reason(flags.not_patient_data);
  if (flags.reach >= 0) request.set_confirmed_reach(flags.reach);
  if (flags.re_alert) request.set_re_alert(v1::ReAlert::YES);
  if (flags.in_place) request.set_re_alert(v1::ReAlert::NO);
  NameFields(cleared, request);
  if (flags.send_now && !flags.notice.send_at.empty())
    return Misused("--send-now and --send-at are two different times: name one of them");
  if (request.alert().ByteSizeLong() == 0 && cleared.empty() && !request.started() &&
      !flags.re_alert && !flags.settle_missed) {
    return Misused("nothing to change was named; `wardcast update --help` lists what there is");
  }
  return request;
}

int Update(Session& session, const UpdateFlags& flags) {
  auto request = RequestFrom(session, flags, SystemClock().Now());
  if (!request) return request.error();
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::UpdateAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->UpdateAlert(context, *request, &response); })) {
    return session.exit_code();
  }
  return PrintChanged(session, response, "updated", response.alert());
}

void AddShortWords(CLI::App& command, UpdateFlags& flags) {
  auto* group = command.add_option_group("In one word");
  group
      ->add_option("--started", flags.started,
                   "planned work has begun: now, or when (no value: now)")
      ->expected(0, 1)
      ->default_str("now")
      ->type_name("WHEN");
  auto* news =
      group
          ->add_option("--no-news", flags.no_news,
                       "nothing new; the next update is due in so long (no value: 30m); never "
                       "calls attention")
          ->expected(0, 1)
          ->default_str("30m")
          ->type_name("30m");
  group->add_option("--extend", flags.extend, "it takes longer, until then; or unknown")
      ->type_name("WHEN");
  auto* again = group->add_flag("--re-alert", flags.re_alert,
                                "call attention again: a new round asks every ward");
  again->excludes(news);
  group->add_flag("--in-place", flags.in_place, "never call attention again")->excludes(again);
  group->add_flag("--send-now", flags.send_now,
                  "a scheduled notice goes out now, also one whose time was missed");
  group->add_flag("--settle-missed", flags.settle_missed,
                  "you know what the clock missed (`wardcast show`), and leave it so");
}

}  // namespace

void AddUpdate(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<UpdateFlags>();
  CLI::App* command = app.add_subcommand(
      "update", "Change an open notice or a draft; what is not named stays as it is");
  command->add_option("alert", flags->alert_id, "alert id")->required();
  AddShortWords(*command, *flags);
  AddNoticeFlags(*command, flags->notice);
  std::vector<std::string> words;
  for (std::string name : kClearable) {
    std::ranges::replace(name, '_', '-');
    words.push_back(std::move(name));
  }
  command->add_option("--clear", flags->clear, "take this out of the notice; may be repeated")
      ->check(CLI::IsMember(words));
  command->add_option("--revision,--expected-revision", flags->expected_revision,
                      "refuse if somebody else changed it meanwhile");
  command->add_option("--reach", flags->reach,
                      "you know that it now reaches so many PCs (± 10 %); if it becomes wide");
  command->add_option("--not-patient-data", flags->not_patient_data,
                      "why a text that looks like patient data is none; it is kept");
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Update(session, *flags); }; });
}

}  // namespace wardcast::cli
