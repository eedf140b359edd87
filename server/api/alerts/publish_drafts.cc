// Drafts: written down, written over, sent.
#include <utility>

#include "server/alert/warnings.h"
#include "server/api/alerts/call.h"
#include "server/api/alerts/changing.h"
#include "server/api/alerts/publish.h"

namespace wardcast {
namespace {

std::unexpected<Error> NoDraft(const v1::Alert& alert) {
  if (alert.state() == v1::State::PENDING_APPROVAL) {
    return Fail(Code::kFailedPrecondition,
                "this waits for approval already: an approver sends it, or returns it");
  }
  return Fail(Code::kFailedPrecondition, "this is no draft any more: it was sent, or taken back");
}

}  // namespace

Result<v1::PublishAlertResponse> PublishHandler::WriteDraft(Call& call) {
  auto draft =
      DraftOf(call.request.alert(), *call.directory, call.caller().published_as, call.change.now);
  if (!draft) return std::unexpected(draft.error());
  call.change.decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    if (auto room = CheckRoom(*draft); !room) return std::unexpected(room.error());
    return DecisionFor(*draft, *call.directory);
  };
  auto changed = parts_.commit.Commit(call.change, "drafted", call.caller().LogName());
  if (!changed) return std::unexpected(changed.error());
  return Answer(call, std::move(changed->stored.alert), WarningsOf(*draft));
}

Result<v1::PublishAlertResponse> PublishHandler::OverwriteDraft(Call& call) {
  const std::string& id = call.request.draft_id();
  std::vector<std::string> editors;
  call.change.hear_editors = [&](std::vector<std::string> heard) { editors = std::move(heard); };
  call.change.alert_id = id;
  call.change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (current->state() != v1::State::DRAFT) return NoDraft(*current);
    if (auto mine = CheckEditor(call.caller(), *current, editors, *call.directory); !mine)
      return std::unexpected(mine.error());
    auto updated = UpdatedAlert(*current, AsOverwrite(call.request.alert(), id), *call.directory,
                                call.change.now);
    if (!updated) return std::unexpected(updated.error());
    if (!*updated) return std::nullopt;
    return DecisionFor(std::move(**updated), *call.directory);
  };
  auto changed = parts_.commit.Commit(call.change, "drafted", call.caller().LogName());
  if (!changed) return std::unexpected(changed.error());
  const std::vector<v1::Warning> warnings = WarningsOf(changed->stored.alert);
  return Answer(call, std::move(changed->stored.alert), warnings);
}

Result<v1::PublishAlertResponse> PublishHandler::SendDraft(Call& call) {
  const std::string& id = call.request.draft_id();
  const auto editors = parts_.store.LoadEditors(id);
  if (!editors) return std::unexpected(editors.error());
  const auto stored = parts_.store.LoadAlert(id);
  if (!stored) return std::unexpected(stored.error());
  v1::Alert draft = stored->alert;
  const std::int32_t read = draft.revision();
  const auto make = [&](const v1::Alert& written, Takeover takeover) {
    return SentDraft(written, *call.directory, call.change.now, takeover);
  };
  const auto prepare = [&]() -> Result<Ready> {
    if (draft.state() != v1::State::DRAFT) return NoDraft(draft);
    if (auto mine = CheckEditor(call.caller(), draft, *editors, *call.directory); !mine)
      return std::unexpected(mine.error());
    if (call.request.has_alert()) {
      auto edited = UpdatedAlert(draft, AsOverwrite(call.request.alert(), id), *call.directory,
                                 call.change.now);
      if (!edited) return std::unexpected(edited.error());
      if (*edited) draft = std::move(**edited);
    }
    return Prepare(call, draft, make, BeyondGrant::kRefuse);
  };
  const auto ready = prepare();
  // A retry of a call that was answered gets its first result, so the store is asked all the same.
  if (!ready && call.change.request_id.empty()) return std::unexpected(ready.error());
  call.change.alert_id = id;
  const Decide decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (!ready) return std::unexpected(ready.error());
    if (current->revision() != read)
      return Fail(Code::kAborted, "the draft was changed meanwhile: read it again");
    if (auto room = CheckRoom(ready->alert); !room) return std::unexpected(room.error());
    return DecisionFor(ready->alert, *call.directory);
  };
  if (!ready) return Commit(call, Ready{}, decide);
  return Send(call, *ready, decide);
}

}  // namespace wardcast
