// Schema 7: steps of the clock, who wrote an alert, drafts, machines that belong to an open notice.
#pragma once

#include <array>

namespace wardcast {

inline constexpr std::array kSchema7 = {
    // What the clock did to an alert, once for all brokers. outcome: StepOutcome.
    "CREATE TABLE step (alert_id {text} NOT NULL REFERENCES alert (id), round BIGINT NOT NULL,"
    " step {text} NOT NULL, target {text} NOT NULL, due_at BIGINT NOT NULL, at BIGINT NOT NULL,"
    " outcome BIGINT NOT NULL, PRIMARY KEY (alert_id, round, step, target))",
    // Who wrote something of that version; empty: nobody did, or a version of an earlier schema.
    "ALTER TABLE alert_version ADD COLUMN caller {text} NOT NULL DEFAULT ''",
    // 1: never sent, a draft or waiting for approval; stays 1 if it is taken back as such.
    "ALTER TABLE alert ADD COLUMN draft BIGINT NOT NULL DEFAULT 0",
    // Which alert of somebody else a machine's source key belongs to.
    "CREATE TABLE attached_source (caller {text} NOT NULL, source_key {text} NOT NULL,"
    " alert_id {text} NOT NULL REFERENCES alert (id), at BIGINT NOT NULL,"
    " PRIMARY KEY (caller, source_key))",
    "CREATE INDEX attached_source_alert ON attached_source (alert_id)",
};

}  // namespace wardcast
