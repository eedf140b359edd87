// One change of an alert: decided, numbered, signed and committed in one transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/store/alerts/step_row.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// A ward that shall answer, fixed when the alert was published or re-targeted.
struct ExpectedWard {
  std::string ward_id;  // empty: unplaced endpoints
  int endpoints = 0;    // expected endpoints of the ward in the audience at that time
  // Since when the ward is in the audience, and when it left; TimePoint{}: still in it. A ward that
  // comes back goes on from its first `since`. Filled by the store; 1970 for alerts of schema 1.
  TimePoint since{};
  TimePoint until{};
};

// An alert version as it is stored: `sealed` has the exact signed bytes, `alert` is the same,
// parsed.
struct StoredAlert {
  v1::SignedAlert sealed;
  v1::Alert alert;
};

// What an alert shall be. The store fills id (if new), log_id, generation and version.
struct AlertDecision {
  v1::Alert alert;
  // All wards of the audience; empty: as before. Wards that were expected before and are not in it
  // stay, with the end of their interval.
  std::vector<ExpectedWard> expected;
};

// Whether who changes an alert has written something of it.
enum class Authorship {
  kAuthor,
  kOther,  // approved or returned it
};

// Which open alert is the matter that a new one would be about already.
struct SameMatter {
  // Whether `open`, created by `creator`, is. Asked inside the transaction about each alert that is
  // open and no draft, newest first. Pure; must not call the store.
  std::function<bool(const v1::Alert& open, const std::string& creator)> is = {};
  // What is written if one is.
  enum class Then {
    kNothing,
    kAttach,  // the change's (caller, source_key) belongs to that alert until it closes
  };
  Then then = Then::kNothing;
};

struct AlertChange {
  // Makes a retry safe: scope (caller, method), kept 24 h. Empty request_id: no such protection.
  std::string caller;
  std::string method;
  std::string request_id;
  std::string content_hash;  // of the request's content without the id; differs → kAlreadyExists
  // Which alert: by id, or the open one of (caller, source_key), or neither: a new one. With a
  // source_key and no open alert a new one gets that key. An id that does not exist: kNotFound.
  std::string alert_id;
  std::string source_key;
  // Asked where this would bring something new: there is no such alert yet, or it is a draft. If
  // one is the same matter, `decide` is not called and AlertChanged::same_matter says so. With
  // kAttach an alert that the key belongs to already is the same matter, whatever it is about. Of
  // all who ask, at all brokers, one comes after the other, so that each sees what the one before
  // committed.
  std::optional<SameMatter> same_matter = {};
  // Called before `decide`, if there is the alert already, with what LoadEditors would say in this
  // transaction. May be empty. Must not call the store.
  std::function<void(std::vector<std::string> editors)> hear_editors = {};
  // Called inside the transaction with the alert as it now is (nullptr: a new one), so that a
  // comparison of revisions is exact. nullopt: leave it as it is. Pure; must not call the store. An
  // error rolls back and is returned.
  std::function<Result<std::optional<AlertDecision>>(const v1::Alert* current)> decide;
  // What the clock does and what it has missed (StepRow::outcome), by alert_id; `decide` is not
  // called then. Those of these steps that are recorded already, by any broker, are taken out;
  // `take_steps` is called, as `decide` is, with those that are left, and they are recorded in the
  // same transaction as what it returns. nullopt: they have no effect now; nothing is written, so
  // that they may have one later. None left: it is not called, and nothing changes.
  std::vector<StepRow> steps = {};
  std::function<Result<std::optional<AlertDecision>>(const v1::Alert& current,
                                                     const std::vector<StepRow>& fresh)>
      take_steps = {};
  // Whether LoadEditors names `caller` for this version. Steps of the clock never do.
  Authorship authorship = Authorship::kAuthor;
  TimePoint now{};
};

struct AlertChanged {
  StoredAlert stored;
  // False: nothing was written (a replay, or decide left it). True: stored.alert.version() is the
  // new log sequence.
  bool changed = false;
  // True: `stored` is the open alert that is the same matter (AlertChange::same_matter), unchanged.
  bool same_matter = false;
};

// Serialises and signs. Called inside the transaction once all numbers are known.
using SealAlert = std::function<v1::SignedAlert(const v1::Alert&)>;

}  // namespace wardcast
