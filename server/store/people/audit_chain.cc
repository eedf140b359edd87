#include "server/store/people/audit_chain.h"

#include "base/bytes.h"
#include "base/proto_time.h"
#include "server/store/alert_row.h"

namespace wardcast {
namespace {

void AddPart(std::string& text, const std::string& part) {
  text += std::to_string(part.size()) + ":" + part;
}

}  // namespace

std::string ChainHash(const std::string& previous, const v1::AuditEvent& event) {
  std::string text = "wardcast audit v1\n";
  for (const std::string& part :
       {previous, event.broker(), std::to_string(event.number()),
        std::to_string(ToMillis(FromTimestamp(event.at()))), event.who(), event.peer(),
        event.what(), event.subject(), event.detail(), std::string(event.loud() ? "1" : "0")}) {
    AddPart(text, part);
  }
  return Sha256Hex(text);
}

}  // namespace wardcast
