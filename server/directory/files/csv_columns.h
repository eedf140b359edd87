// The columns of each CSV file of a hospital: what an import reads and an export writes.
#pragma once

#include <array>

#include "server/directory/files/sheet.h"

namespace wardcast {

inline constexpr std::array<Column, 7> kSiteColumns{{{"id", Need::kCell},
                                                     {"name", Need::kCell},
                                                     {"zone", Need::kCell},
                                                     {"phone"},
                                                     {"phone_fallback"},
                                                     {"emergency_phone"},
                                                     {"language"}}};
inline constexpr std::array<Column, 3> kBuildingColumns{
    {{"id", Need::kCell}, {"name", Need::kCell}, {"site", Need::kCell}}};
inline constexpr std::array<Column, 13> kWardColumns{{{"id", Need::kCell},
                                                      {"name", Need::kCell},
                                                      {"building", Need::kCell},
                                                      {"type", Need::kCell},
                                                      {"floor"},
                                                      {"walking_order"},
                                                      {"phones"},
                                                      {"radio_channel"},
                                                      {"downtime_pc"},
                                                      {"binder"},
                                                      {"shift_starts"},
                                                      {"opening_hours"},
                                                      {"services"}}};
inline constexpr std::array<Column, 5> kEndpointColumns{
    {{"id", Need::kCell}, {"name"}, {"ward", Need::kColumn}, {"class"}, {"tags"}}};
inline constexpr std::array<Column, 6> kPlacementColumns{
    {{"pattern", Need::kCell}, {"ward", Need::kCell}, {"class"}, {"tags"}, {"site"}, {"order"}}};
inline constexpr std::array<Column, 5> kPersonColumns{
    {{"id", Need::kCell}, {"name", Need::kCell}, {"role", Need::kCell}, {"team"}, {"wards"}}};
inline constexpr std::array<Column, 3> kTeamColumns{
    {{"id", Need::kCell}, {"name", Need::kCell}, {"phone"}}};
inline constexpr std::array<Column, 4> kServiceColumns{
    {{"id", Need::kCell}, {"name", Need::kCell}, {"team", Need::kCell}, {"depends_on"}}};

}  // namespace wardcast
