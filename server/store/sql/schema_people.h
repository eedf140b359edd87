// Schema 4: people, their sessions, machines' tokens, the audit trail.
#pragma once

#include <array>

namespace wardcast {

inline constexpr std::array kSchema4 = {
    // body: v1::Account without what is read only. Secrets have columns of their own.
    "CREATE TABLE account (name {text} PRIMARY KEY, body {text} NOT NULL, password_hash {text} NOT "
    "NULL, totp_secret {text} NOT NULL, totp_pending {text} NOT NULL, totp_step BIGINT NOT NULL,"
    " signed_in_at BIGINT NOT NULL, changed_at BIGINT NOT NULL)",
    // hash: SHA-256 of the secret, in hexadecimal, here and below; the secret itself is nowhere.
    "CREATE TABLE password_link (hash {text} PRIMARY KEY, account {text} NOT NULL, expires_at "
    "BIGINT NOT NULL)",
    "CREATE TABLE session (hash {text} PRIMARY KEY, id {text} NOT NULL UNIQUE, account {text} NOT "
    "NULL, browser BIGINT NOT NULL, second_factor BIGINT NOT NULL, created_at BIGINT NOT NULL,"
    " seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, confirmed_at BIGINT NOT NULL, peer "
    "{text} NOT NULL)",
    "CREATE INDEX session_account ON session (account)",
    // body: v1::ApiToken. revoked_at: 0 while it is not.
    "CREATE TABLE api_token (id {text} PRIMARY KEY, name {text} NOT NULL, hash {text} NOT NULL "
    "UNIQUE, body {text} NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT NOT NULL, revoked_at "
    "BIGINT NOT NULL)",
    // One chain a broker: hash covers the entry and the hash of the one before.
    "CREATE TABLE audit_event (broker {text} NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL,"
    " who {text} NOT NULL, peer {text} NOT NULL, what {text} NOT NULL, subject {text} NOT NULL,"
    " detail {text} NOT NULL, loud BIGINT NOT NULL, hash {text} NOT NULL, PRIMARY KEY (broker, "
    "number))",
    "CREATE INDEX audit_event_at ON audit_event (at)",
};

}  // namespace wardcast
