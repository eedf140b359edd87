// The SQL behind EnrolmentStore; its functions are in enrol_tokens.cc and enrolments.cc.
#pragma once

#include <utility>

#include "server/store/enrolment/enrolment_store.h"
#include "server/store/enrolment/sql_enrolment.h"
#include "server/store/sql/pool.h"
#include "server/store/transaction.h"

namespace wardcast {

// Threads: all functions from any.
class SqlEnrolmentStore final : public EnrolmentStore {
 public:
  SqlEnrolmentStore(Pool& writers, Pool& readers, AppendAccess append)
      : writers_(writers), readers_(readers), append_(std::move(append)) {}

  Result<std::string> Authority() override;
  Result<std::string> ClaimAuthority(const std::string& sha256) override;
  Result<void> PutEnrolToken(const EnrolTokenRow& token) override;
  Result<std::vector<EnrolTokenRow>> ListEnrolTokens() override;
  Result<EnrolTokenRow> RevokeEnrolToken(const std::string& id, TimePoint now) override;
  Result<Enrolled> Enrol(const std::string& token_hash, const EnrolmentRow& wanted,
                         TimePoint now) override;
  Result<Enrolled> EnrolBrowser(const std::string& token_hash, const EnrolmentRow& wanted,
                                const std::string& former, TimePoint now) override;
  Result<void> NoteCertificate(const std::string& registration_id, const std::string& serial,
                               TimePoint issued, TimePoint expires) override;
  Result<std::optional<EnrolmentRow>> FindEnrolment(const std::string& endpoint_id,
                                                    const std::string& key_sha256) override;
  Result<std::optional<EnrolmentRow>> FindBrowser(const std::string& key_sha256) override;
  Result<EnrolmentRow> RevokeEnrolment(const std::string& endpoint_id, const std::string& because,
                                       TimePoint now) override;
  Result<std::vector<EnrolmentRow>> ListEnrolments(const std::string& endpoint_id,
                                                   bool include_revoked, const Place& after,
                                                   int limit) override;
  Result<std::vector<Standing>> LoadStandings(TimePoint now) override;

 private:
  template <class Body>
  auto Write(Body&& body) {
    return RunTransaction(writers_, &BeginWrite, body);
  }
  template <class Body>
  auto Read(Body&& body) {
    return RunTransaction(readers_, nullptr, body);
  }

  Pool& writers_;
  Pool& readers_;
  const AppendAccess append_;
};

// The token with this hash, its row held until the end of the transaction; nullopt: none.
std::optional<EnrolTokenRow> HoldToken(Connection& connection, const std::string& hash);

}  // namespace wardcast
