#include "server/store/sql/schema.h"

#include <array>

#include "server/store/sql/schema_browser.h"
#include "server/store/sql/schema_enrolment.h"
#include "server/store/sql/schema_people.h"
#include "server/store/sql/schema_steps.h"

namespace wardcast {
namespace {

// Times are milliseconds since 1970; bytes are base64; {text} is a column of text that is compared
// byte by byte.
constexpr std::array kSchema1 = {
    // log_id, generation, signing_key_id, directory_sequence, schema
    "CREATE TABLE meta (name {text} PRIMARY KEY, value {text} NOT NULL)",

    // The log. One row says how far it is; whoever holds that row writes the next entry.
    "CREATE TABLE log_head (one BIGINT PRIMARY KEY CHECK (one = 1), sequence BIGINT NOT NULL, tag "
    "{text} NOT NULL)",
    "CREATE TABLE log_entry (sequence BIGINT PRIMARY KEY, kind BIGINT NOT NULL, alert_id {text} "
    "NOT NULL,"
    " tag {text} NOT NULL, at BIGINT NOT NULL)",

    // The current version of each alert. closed_at: 0 while open. published_at: 0 before.
    // interrupts: 1 if it counts
    // towards the notices of a ward.
    "CREATE TABLE alert (id {text} PRIMARY KEY, version BIGINT NOT NULL, caller {text} NOT NULL,"
    " source_key {text} NOT NULL, published_at BIGINT NOT NULL, closed_at BIGINT NOT NULL, "
    "interrupts BIGINT NOT NULL,"
    " payload {text} NOT NULL, signature {text} NOT NULL, key_id {text} NOT NULL)",
    "CREATE INDEX alert_closed_at ON alert (closed_at)",
    "CREATE INDEX alert_published_at ON alert (published_at)",
    "CREATE UNIQUE INDEX alert_open_source ON alert (caller, source_key) WHERE source_key <> '' "
    "AND closed_at = 0",
    "CREATE TABLE alert_version (alert_id {text} NOT NULL REFERENCES alert (id), version BIGINT "
    "NOT NULL,"
    " at BIGINT NOT NULL, payload {text} NOT NULL, signature {text} NOT NULL, key_id {text} NOT "
    "NULL,"
    " PRIMARY KEY (alert_id, version))",
    "CREATE TABLE alert_expected (alert_id {text} NOT NULL REFERENCES alert (id), ward_id {text} "
    "NOT NULL,"
    " endpoints BIGINT NOT NULL, PRIMARY KEY (alert_id, ward_id))",
    // What makes a retry safe; kept 24 h.
    "CREATE TABLE request (caller {text} NOT NULL, method {text} NOT NULL, request_id {text} NOT "
    "NULL,"
    " hash {text} NOT NULL, alert_id {text} NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL,"
    " PRIMARY KEY (caller, method, request_id))",
    "CREATE INDEX request_at ON request (at)",

    // The journal. kind: v1::Receipt::Kind. body: v1::WardAnswer without answer_version.
    "CREATE TABLE journal_head (one BIGINT PRIMARY KEY CHECK (one = 1), version BIGINT NOT NULL)",
    "CREATE TABLE receipt (alert_id {text} NOT NULL, round BIGINT NOT NULL, endpoint_id {text} NOT "
    "NULL,"
    " kind BIGINT NOT NULL, ward_id {text} NOT NULL, endpoint_at BIGINT NOT NULL, at BIGINT NOT "
    "NULL,"
    " PRIMARY KEY (alert_id, round, endpoint_id, kind))",
    "CREATE TABLE answer (id {text} PRIMARY KEY, answer_version BIGINT NOT NULL, ordinal BIGINT "
    "NOT NULL,"
    " alert_id {text} NOT NULL, ward_id {text} NOT NULL, round BIGINT NOT NULL, endpoint_id {text} "
    "NOT NULL,"
    " at BIGINT NOT NULL, body {text} NOT NULL)",
    "CREATE INDEX answer_by_version ON answer (answer_version, ordinal)",
    "CREATE INDEX answer_by_alert ON answer (alert_id)",
    // Sums, one row a broker so that brokers never wait for each other. changed: the journal's
    // version.
    "CREATE TABLE progress (alert_id {text} NOT NULL, round BIGINT NOT NULL, ward_id {text} NOT "
    "NULL,"
    " broker {text} NOT NULL, delivered BIGINT NOT NULL, displayed BIGINT NOT NULL, seen BIGINT "
    "NOT NULL,"
    " changed BIGINT NOT NULL, PRIMARY KEY (alert_id, round, ward_id, broker))",
    "CREATE INDEX progress_changed ON progress (changed)",

    // kind: the name of the list in DirectoryContent. body: the serialised message.
    "CREATE TABLE directory_item (kind {text} NOT NULL, id {text} NOT NULL, body {text} NOT NULL,"
    " PRIMARY KEY (kind, id))",
    // hash: SHA-256 in hexadecimal; the token itself is nowhere.
    "CREATE TABLE token (owner {text} PRIMARY KEY, hash {text} NOT NULL UNIQUE, at BIGINT NOT "
    "NULL)",

    "INSERT INTO log_head (one, sequence, tag) VALUES (1, 0, '')",
    "INSERT INTO journal_head (one, version) VALUES (1, 0)",
    "INSERT INTO meta (name, value) VALUES ('generation', '1'), ('signing_key_id', ''), "
    "('directory_sequence', '0'),"
    " ('schema', '0')",
};

// Membership, presence, retention; lives of the log.
constexpr std::array kSchema2 = {
    // Where the database stands (place.h), so that a copy is noticed. A restored one has it
    // already.
    "INSERT INTO meta (name, value) VALUES ('place', '') ON CONFLICT (name) DO NOTHING",
    // Shows that two stores that agree on the journal's version are the same history.
    "ALTER TABLE journal_head ADD COLUMN tag {text} NOT NULL DEFAULT ''",
    // The interval in which a ward was in the audience. until_at: 0 while it is.
    "ALTER TABLE alert_expected ADD COLUMN since_at BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE alert_expected ADD COLUMN until_at BIGINT NOT NULL DEFAULT 0",
    // What was pressed counts once, also under another id. pressed_at: 0 if unknown.
    "ALTER TABLE answer ADD COLUMN response BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE answer ADD COLUMN pressed_at BIGINT NOT NULL DEFAULT 0",
    "CREATE UNIQUE INDEX answer_pressed ON answer (alert_id, ward_id, round, endpoint_id, response,"
    " pressed_at) WHERE pressed_at <> 0 AND endpoint_id <> ''",
    // Each endpoint as it was in [since_at, until_at). until_at: 0 while it is. body: v1::Endpoint.
    // The directory of schema 1 counts as always so.
    "CREATE TABLE membership (endpoint_id {text} NOT NULL, since_at BIGINT NOT NULL, until_at "
    "BIGINT "
    "NOT NULL, body {text} NOT NULL, PRIMARY KEY (endpoint_id, since_at))",
    // Only of what ended: an index of the many that did not would be taken for finding one of them.
    "CREATE INDEX membership_until_at ON membership (until_at) WHERE until_at > 0",
    "INSERT INTO membership (endpoint_id, since_at, until_at, body)"
    " SELECT id, 0, 0, body FROM directory_item WHERE kind = 'endpoint'",
    // Which endpoint was last seen at which broker. gone_at: 0 while connected.
    "CREATE TABLE presence (endpoint_id {text} NOT NULL, broker {text} NOT NULL, connected_at "
    "BIGINT "
    "NOT NULL, gone_at BIGINT NOT NULL, sessions BIGINT NOT NULL, agent_version {text} NOT NULL, "
    "os "
    "{text} NOT NULL, host {text} NOT NULL, serial {text} NOT NULL, screens BIGINT NOT NULL,"
    " clock_skew BIGINT NOT NULL, PRIMARY KEY (endpoint_id, broker))",
    "CREATE INDEX presence_gone_at ON presence (gone_at) WHERE gone_at > 0",
    "CREATE TABLE broker (id {text} PRIMARY KEY, seen_at BIGINT NOT NULL)",
    // What retention removed: a row a day (its beginning), broker and kind of row.
    "CREATE TABLE retention_run (day BIGINT NOT NULL, broker {text} NOT NULL, what {text} NOT NULL,"
    " older_than BIGINT NOT NULL, removed BIGINT NOT NULL, PRIMARY KEY (day, broker, what))",
    "CREATE INDEX receipt_at ON receipt (at)",
};

// Who said goodbye (1) is off, not lost.
constexpr std::array kSchema3 = {
    "ALTER TABLE presence ADD COLUMN goodbye BIGINT NOT NULL DEFAULT 0",
};

// Whether the screen of an endpoint can be seen, as it says (v1::ScreenState); 0: not said.
constexpr std::array kSchema8 = {
    "ALTER TABLE presence ADD COLUMN screen_state BIGINT NOT NULL DEFAULT 0",
};

constexpr std::array kSteps = {
    SchemaStep{.version = 1, .statements = kSchema1},
    SchemaStep{.version = 2, .statements = kSchema2},
    SchemaStep{.version = 3, .statements = kSchema3},
    SchemaStep{.version = 4, .statements = kSchema4},
    SchemaStep{.version = 5, .statements = kSchema5},
    SchemaStep{.version = 6, .statements = kSchema6},
    SchemaStep{.version = 7, .statements = kSchema7},
    SchemaStep{.version = 8, .statements = kSchema8},
};
static_assert(kSteps.back().version == kSchemaVersion);

}  // namespace

std::span<const SchemaStep> SchemaSteps() { return kSteps; }

}  // namespace wardcast
