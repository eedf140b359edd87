#include "server/broker/health.h"

#include "base/log.h"

namespace wardcast {
namespace {

constexpr std::size_t kNamedDuplicates = 20;

// "pc-7, pc-9 and 3 more"
std::string NameSome(const std::vector<std::string>& ids) {
  std::string names;
  for (std::size_t i = 0; i < ids.size() && i < kNamedDuplicates; ++i)
    names += (i == 0 ? "" : ", ") + ids[i];
  if (ids.size() > kNamedDuplicates)
    names += fmt::format(" and {} more", ids.size() - kNamedDuplicates);
  return names;
}

// Well all the same: both are served. The administrator has to know.
PartState EndpointsPart(const std::vector<std::string>& duplicates) {
  if (duplicates.empty()) return {.part = "endpoints", .ok = true, .detail = {}};
  return {.part = "endpoints",
          .ok = true,
          .detail =
              "more than one machine uses each of these endpoint ids (cloned disks? both are "
              "served; give one of them another id): " +
              NameSome(duplicates)};
}

}  // namespace

std::vector<PartState> Health::Parts() const {
  const FeedHealth feed = feed_.Health();
  const WriteHealth writes = store_.Writes();
  const BusHealth bus = bus_.Health();
  const std::string audit = audit_ ? audit_->Trouble() : "";
  const std::string certificate = certificate_ ? certificate_->Problem() : "";
  const bool other_history = !feed.ok && feed.serves;
  std::vector<PartState> parts = {
      {.part = "store", .ok = feed.serves, .detail = feed.serves ? "" : feed.detail},
      {.part = kStoreHistory, .ok = !other_history, .detail = other_history ? feed.detail : ""},
      {.part = "store writes", .ok = writes.ok, .detail = writes.detail},
      {.part = "bus", .ok = bus.ok, .detail = bus.detail},
      {.part = "audit", .ok = audit.empty(), .detail = audit},
      {.part = kCertificate, .ok = certificate.empty(), .detail = certificate},
      EndpointsPart(hub_.Duplicates())};
  if (directory_) {
    const std::string trouble = directory_->Trouble();
    parts.push_back({.part = kPeopleDirectory, .ok = trouble.empty(), .detail = LogSafe(trouble)});
  }
  return parts;
}

}  // namespace wardcast
