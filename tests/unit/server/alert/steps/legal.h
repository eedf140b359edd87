// What must be true of an alert in every state, and of each step from one version to the next. For
// tests.
#pragma once

#include <gtest/gtest.h>

#include "server/alert/lifecycle.h"
#include "server/alert/validation.h"
#include "server/alert/ward_round.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {

inline bool MayFollow(v1::State::Value from, v1::State::Value to) {
  using v1::State;
  if (from == to) return true;
  switch (from) {
    case State::DRAFT:
      return to == State::PENDING_APPROVAL || to == State::SCHEDULED || to == State::ACTIVE ||
             to == State::CLOSED;
    case State::PENDING_APPROVAL:
      return to == State::DRAFT || to == State::SCHEDULED || to == State::ACTIVE ||
             to == State::CLOSED;
    case State::SCHEDULED:
      return to == State::ACTIVE || to == State::CLOSED;
    case State::ACTIVE:
      return to == State::RECOVERING || to == State::CLOSED;
    case State::RECOVERING:
      return to == State::ACTIVE || to == State::CLOSED;
    case State::CLOSED:
    case State::UNSPECIFIED:
    case v1::State_Value_State_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::State_Value_State_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      return false;
  }
  return false;
}

inline void ExpectLegal(const v1::Alert& alert) {
  using v1::State;
  const State::Value state = alert.state();
  const bool on_wards = state == State::ACTIVE || state == State::RECOVERING;
  const bool closed = state == State::CLOSED;
  const bool shown = alert.round() > 0;
  EXPECT_NE(state, State::UNSPECIFIED);
  EXPECT_GE(alert.revision(), 1);
  EXPECT_EQ(closed, alert.closing() != v1::Closing::UNSPECIFIED);
  EXPECT_EQ(closed, !alert.closing_text().empty());
  EXPECT_EQ(shown, alert.has_published_at());
  EXPECT_TRUE(closed || shown == on_wards);
  EXPECT_EQ(state == State::PENDING_APPROVAL, alert.has_waiting_since());
  EXPECT_TRUE(alert.held_because().empty() || state == State::DRAFT ||
              state == State::PENDING_APPROVAL);
  EXPECT_FALSE(alert.has_send_at() && (on_wards || closed));
  EXPECT_FALSE(alert.has_strip_until() && !(closed && shown));
  EXPECT_EQ(alert.has_expires(), state != State::DRAFT);
  EXPECT_TRUE(alert.has_changed_at());
  EXPECT_FALSE(alert.missed_updates() > 0 && !on_wards);
  EXPECT_FALSE(alert.has_overrun_since() && !(on_wards && alert.has_started_at()));
  EXPECT_FALSE(alert.has_started_at() && alert.kind() != v1::Kind::PLANNED_DOWNTIME);
  EXPECT_EQ(alert.phase() == v1::Phase::RESTORED_VERIFYING && !closed, state == State::RECOVERING);
  EXPECT_TRUE(alert.ward_overrides_size() == 0 || shown);
  for (const v1::WardOverride& ward : alert.ward_overrides())
    EXPECT_GT(ward.round(), alert.round()) << ward.ward_id();
  EXPECT_LE(alert.missed_size(), 10);
  EXPECT_TRUE(alert.missed().empty() || on_wards || state == State::SCHEDULED);
  EXPECT_TRUE(state == State::DRAFT || closed || CheckAlert(alert, Hospital()).empty());
}

inline void ExpectFollows(const v1::Alert& before, const v1::Alert& after) {
  EXPECT_TRUE(MayFollow(before.state(), after.state()))
      << v1::State::Value_Name(before.state()) << " → " << v1::State::Value_Name(after.state());
  EXPECT_GE(after.revision(), before.revision());
  for (const char* ward : {"4w", "or", "lab", "n-2"})
    EXPECT_GE(RoundOf(after, ward), RoundOf(before, ward)) << ward;
  EXPECT_EQ(after.status(), before.status());
}

}  // namespace wardcast
