#include "agent/cli/alerts/changed.h"

#include <cstdio>

#include "agent/cli/print.h"

namespace wardcast::cli {

int HeldCode(const v1::Alert& alert) {
  const bool held =
      alert.state() == v1::State::DRAFT || alert.state() == v1::State::PENDING_APPROVAL;
  return held ? kHeld : kOk;
}

int PrintChanged(const Session& session, const google::protobuf::Message& response,
                 const char* done, const v1::Alert& alert) {
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  std::printf("%s %s: %s, revision %d, round %d%s%s\n", done, alert.id().c_str(),
              StateWord(alert).c_str(), alert.revision(), alert.round(),
              alert.what_changed().empty() ? "" : ", ", Printable(alert.what_changed()).c_str());
  return kOk;
}

}  // namespace wardcast::cli
