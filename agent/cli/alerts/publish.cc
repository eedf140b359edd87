#include "agent/cli/alerts/before_sending.h"
#include "agent/cli/alerts/changed.h"
#include "agent/cli/alerts/reach_words.h"
#include "agent/cli/command.h"
#include "agent/cli/notice/written.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct PublishFlags {
  NoticeFlags notice;
  std::string source_key;
  std::string request_id;
  std::string from_draft;
  std::string not_patient_data;
  int reach = -1;
  bool draft = false;
  bool separate = false;
  bool update_open = false;
  bool dry_run = false;
};

OrExit<v1::Alert> ReadOne(Session& session, v1::AlertService::Stub& stub, const std::string& id) {
  v1::GetAlertRequest request;
  request.set_alert_id(id);
  v1::GetAlertResponse response;
  if (!session.Call([&](auto* context) { return stub.GetAlert(context, request, &response); }))
    return std::unexpected(session.exit_code());
  return std::move(*response.mutable_alert());
}

int Preview(Session& session, v1::AlertService::Stub& stub, const v1::Alert& alert) {
  v1::PreviewAudienceRequest request;
  *request.mutable_audience() = alert.audience();
  *request.mutable_services() = alert.services();
  *request.mutable_alert() = alert;
  v1::PreviewAudienceResponse response;
  if (!session.Call(
          [&](auto* context) { return stub.PreviewAudience(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    PrintPreview(response);
  }
  return kOk;
}

// The open notice on the same service takes what was written.
int UpdateOpen(Session& session, v1::AlertService::Stub& stub, const PublishFlags& flags,
               const Answers& answers, v1::Alert alert) {
  v1::UpdateAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(answers.open_alert_id);
  request.set_patient_data_reason(flags.not_patient_data);
  if (answers.reach) request.set_confirmed_reach(*answers.reach);
  *request.mutable_alert() = std::move(alert);
  v1::UpdateAlertResponse response;
  if (!session.Call([&](auto* context) { return stub.UpdateAlert(context, request, &response); })) {
    return session.exit_code();
  }
  return PrintChanged(session, response, "updated", response.alert());
}

void PrintPublished(const PublishFlags& flags, const v1::PublishAlertResponse& response) {
  const v1::Alert& alert = response.alert();
  if (response.attached()) {
    std::printf("open already %s: %s\nNothing new was sent.\n", alert.id().c_str(),
                Printable(alert.headline()).c_str());
  } else if (alert.state() == v1::State::DRAFT) {
    std::printf("draft %s%s%s\n", alert.id().c_str(), alert.held_because().empty() ? "" : ": ",
                Printable(alert.held_because()).c_str());
  } else if (alert.state() == v1::State::PENDING_APPROVAL) {
    std::printf("waits for approval %s: %s\n", alert.id().c_str(),
                Printable(alert.held_because()).c_str());
  } else if (alert.state() == v1::State::SCHEDULED) {
    std::printf("scheduled %s%s%s\n", alert.id().c_str(), alert.has_send_at() ? ": goes out " : "",
                TimeText(alert.send_at()).c_str());
  } else {
    std::printf("published %s\n", alert.id().c_str());
  }
  if (!flags.draft && !response.attached())
    std::printf("%s\n", ReachLine(response.reach()).c_str());
  std::fflush(stdout);
  PrintWarnings(response.warnings());
}

v1::PublishAlertRequest RequestFor(const PublishFlags& flags, const Answers& answers,
                                   v1::Alert alert) {
  v1::PublishAlertRequest request;
  // Its own id makes a lost answer harmless: run again with the id that the error names.
  request.set_request_id(flags.request_id.empty() ? NewUlid(SystemClock().Now())
                                                  : flags.request_id);
  request.set_source_key(flags.source_key);
  request.set_draft(flags.draft);
  request.set_draft_id(flags.from_draft);
  request.set_separate(answers.separate);
  request.set_patient_data_reason(flags.not_patient_data);
  if (answers.reach) request.set_confirmed_reach(*answers.reach);
  // Nothing written beside a draft's id: the draft as it is.
  if (alert.ByteSizeLong() > 0) *request.mutable_alert() = std::move(alert);
  return request;
}

int Send(Session& session, v1::AlertService::Stub& stub, const PublishFlags& flags,
         const v1::PublishAlertRequest& request) {
  v1::PublishAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub.PublishAlert(context, request, &response); })) {
    if (session.exit_code() == kUnreachable) {
      std::fprintf(stderr, "To be sure that it is published once, repeat it with --request-id %s\n",
                   request.request_id().c_str());
    }
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    PrintPublished(flags, response);
  }
  return flags.draft ? kOk : HeldCode(response.alert());
}

int Publish(Session& session, const PublishFlags& flags) {
  auto alert = WrittenAlert(session, flags.notice, SystemClock().Now());
  if (!alert) return alert.error();
  auto stub = v1::AlertService::NewStub(session.channel());
  // What the sending is about, where the command line does not repeat the draft.
  v1::Alert whole = *alert;
  bool drill = alert->status() == v1::Status::EXERCISE;
  if (!flags.from_draft.empty()) {
    auto draft = ReadOne(session, *stub, flags.from_draft);
    if (!draft) return draft.error();
    drill = drill || draft->status() == v1::Status::EXERCISE;
    if (alert->ByteSizeLong() == 0) whole = std::move(*draft);
  }
  // So that what is typed here is real, whatever a file or a draft says.
  if (drill && !flags.dry_run)
    return Misused("this is a drill: `wardcast drill start` starts one").error();
  if (flags.dry_run) return Preview(session, *stub, whole);
  Answers answers;
  answers.separate = flags.separate;
  answers.update_open = flags.update_open;
  if (flags.reach >= 0) answers.reach = flags.reach;
  // A machine's key says itself what is the same matter.
  if (!flags.draft && flags.source_key.empty()) {
    if (auto asked = BeforeSending(session, whole, answers); !asked) return asked.error();
  }
  if (!answers.open_alert_id.empty())
    return UpdateOpen(session, *stub, flags, answers, std::move(*alert));
  return Send(session, *stub, flags, RequestFor(flags, answers, std::move(*alert)));
}

}  // namespace

void AddPublish(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<PublishFlags>();
  CLI::App* command = app.add_subcommand("publish", "Post a notice, or write a draft");
  AddNoticeFlags(*command, flags->notice);
  auto* how = command->add_option_group("How it is sent");
  how->add_option("--reach,--confirmed-reach", flags->reach,
                  "you know that it reaches so many PCs (± 10 %); a wide notice of a person takes "
                  "it, and asks for it at a terminal");
  auto* separate = how->add_flag("--separate", flags->separate,
                                 "another matter than the open notice on the same service");
  how->add_flag("--update-open", flags->update_open,
                "if there is an open notice on the same service, update that one")
      ->excludes(separate);
  auto* draft = how->add_flag("--draft", flags->draft, "only write it down");
  how->add_option("--from-draft", flags->from_draft,
                  "send this draft; with content, instead of its own; with --draft, write over it")
      ->type_name("ALERT");
  how->add_option("--not-patient-data", flags->not_patient_data,
                  "why a text that looks like patient data is none; it is kept");
  how->add_option("--source-key", flags->source_key,
                  "for machines: at most one open alert per key; again updates it");
  how->add_option("--request-id", flags->request_id,
                  "ULID that makes a retry safe (default: a new one)");
  how->add_flag("--dry-run", flags->dry_run, "show whom it would reach, post nothing")
      ->excludes(draft);
  command->footer(
      std::string(
          "Examples:\n  wardcast publish --template looking-into-it --service inpatient-ehr\n"
          "  wardcast publish --kind outage --severity severe --service lab-results --site main "
          "\\\n"
          "    --headline 'Lab results not reaching the EHR' --do 'Call the lab for critical "
          "values: 4711'\n") +
      kExitCodes);
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Publish(session, *flags); };
  });
}

void AddPreview(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<PublishFlags>();
  flags->dry_run = true;
  CLI::App* command = app.add_subcommand(
      "preview", "Show whom a notice would reach, and what its publisher should know");
  AddNoticeFlags(*command, flags->notice);
  command->add_option("--from-draft", flags->from_draft, "of this draft")->type_name("ALERT");
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Publish(session, *flags); };
  });
}

}  // namespace wardcast::cli
