// Schema 6: browsers that enrol.
#pragma once

#include <array>

namespace wardcast {

inline constexpr std::array kSchema6 = {
    // 1: a browser; its key is the secret of a cookie, and expires_at is the end of its place.
    "ALTER TABLE enrolment ADD COLUMN browser BIGINT NOT NULL DEFAULT 0",
};

}  // namespace wardcast
