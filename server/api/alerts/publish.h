// Sending: a new notice, a draft, or what a machine found out. The rules decide what becomes of it,
// the store commits.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/alert/lifecycle.h"
#include "server/api/alerts/alert_parts.h"
#include "server/api/alerts/sending.h"
#include "server/api/method_table.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class PublishHandler {
 public:
  explicit PublishHandler(const AlertParts& parts) : parts_(parts) {}

  Result<v1::PublishAlertResponse> PublishAlert(const CallContext& context,
                                                const v1::PublishAlertRequest& request);

 private:
  // One call, and the change that it asks for.
  struct Call {
    const CallContext& context;
    const v1::PublishAlertRequest& request;
    const DirectoryPtr directory;
    AlertChange change;

    const Identity& caller() const { return *context.identity; }
  };
  // A notice that has passed every check, as it shall be: on its way, waiting for approval, or (a
  // machine's beyond its grant) a draft.
  struct Ready {
    v1::Alert alert;
    std::vector<v1::Warning> warnings;
    Approvers::Named approvers;  // of a machine with a source key, whose notice may be there
  };
  // Makes of what was written what goes out: NewAlert, or a draft's SentDraft.
  using Make = std::function<Result<v1::Alert>(const v1::Alert& written, Takeover takeover)>;
  enum class BeyondGrant { kRefuse, kDraft };
  using Decide = std::function<Result<std::optional<AlertDecision>>(const v1::Alert* current)>;

  Result<v1::PublishAlertResponse> PublishNew(Call& call);
  // Drafts (publish_drafts.cc).
  Result<v1::PublishAlertResponse> WriteDraft(Call& call);
  Result<v1::PublishAlertResponse> OverwriteDraft(Call& call);
  Result<v1::PublishAlertResponse> SendDraft(Call& call);

  // Everything that a send must pass.
  Result<Ready> Prepare(const Call& call, v1::Alert written, const Make& make, BeyondGrant beyond);
  // What publishing again with its source key does to the open alert of that key.
  static Result<std::optional<AlertDecision>> Again(const Call& call, const Ready& ready,
                                                    const v1::Alert& current);
  // kResourceExhausted: there are as many of its kind as there may be.
  Result<void> CheckRoom(const v1::Alert& alert) const;
  // Commits a send, unless there is an open notice of which it is a duplicate: the store looks for
  // one in the transaction, so that two who press at the same moment, at any brokers, send one
  // notice. `decide` is asked where there is none.
  Result<v1::PublishAlertResponse> Send(Call& call, const Ready& ready, Decide decide);
  Result<v1::PublishAlertResponse> Commit(Call& call, const Ready& ready, Decide decide);
  v1::PublishAlertResponse Answer(const Call& call, v1::Alert alert,
                                  std::vector<v1::Warning> warnings) const;

  const AlertParts parts_;
};

}  // namespace wardcast
