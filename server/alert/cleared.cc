#include "server/alert/cleared.h"

#include <algorithm>

namespace wardcast {
namespace {

template <class List>
bool Names(const List& list, std::string_view name) {
  return list.empty() || std::ranges::find(list, name) != list.end();
}

}  // namespace

bool IsCleared(const v1::Alert& alert, std::string_view service, std::string_view site) {
  return std::ranges::any_of(alert.cleared(), [&](const v1::ClearedPart& part) {
    return Names(part.services(), service) && Names(part.sites(), site);
  });
}

std::vector<std::string> ServicesDown(const v1::Alert& alert,
                                      const std::vector<std::string>& sites) {
  std::vector<std::string> down;
  for (const std::string& service : alert.services()) {
    if (std::ranges::any_of(
            sites, [&](const std::string& site) { return !IsCleared(alert, service, site); }))
      down.push_back(service);
  }
  return down;
}

std::vector<std::string> ServicesDown(const v1::Alert& alert) {
  std::vector<std::string> down;
  for (const std::string& service : alert.services()) {
    const bool everywhere = std::ranges::any_of(alert.cleared(), [&](const v1::ClearedPart& part) {
      return part.sites().empty() && Names(part.services(), service);
    });
    if (!everywhere) down.push_back(service);
  }
  return down;
}

}  // namespace wardcast
