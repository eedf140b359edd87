// Schema 5: machines that enrol, and whose authority certifies them.
#pragma once

#include <array>

namespace wardcast {

inline constexpr std::array kSchema5 = {
    // SHA-256 of the certificate of the authority that the brokers of this store share; the key is
    // nowhere.
    "INSERT INTO meta (name, value) VALUES ('authority', '')",
    // hash: SHA-256 of the token, in hexadecimal. revoked_at: 0 while it is not; so below.
    "CREATE TABLE enrol_token (id {text} PRIMARY KEY, hash {text} NOT NULL UNIQUE, note {text} NOT "
    "NULL, site_id {text} NOT NULL, uses BIGINT NOT NULL, used BIGINT NOT NULL, created_at BIGINT "
    "NOT NULL, expires_at BIGINT NOT NULL, revoked_at BIGINT NOT NULL)",
    // Which key is whose endpoint's; kept when it is revoked. The newest certificate's serial, time
    // of issue and end; 0 before the first.
    "CREATE TABLE enrolment (registration_id {text} PRIMARY KEY, endpoint_id {text} NOT NULL,"
    " key_sha256 {text} NOT NULL UNIQUE, host {text} NOT NULL, hardware_serial {text} NOT NULL,"
    " site_id {text} NOT NULL, token_id {text} NOT NULL, certificate_serial {text} NOT NULL,"
    " enrolled_at BIGINT NOT NULL, issued_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,"
    " revoked_at BIGINT NOT NULL, revoked_because {text} NOT NULL)",
    "CREATE UNIQUE INDEX enrolment_endpoint ON enrolment (endpoint_id) WHERE revoked_at = 0",
    "CREATE INDEX enrolment_by_endpoint ON enrolment (endpoint_id, registration_id)",
};

}  // namespace wardcast
