#include "server/api/access/token_handler.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "base/ulid.h"
#include "server/access/people/person.h"
#include "server/access/roles/role_sets.h"

namespace wardcast {
namespace {

constexpr int kMostTokenAssignments = 20;
constexpr int kDefaultDays = 365;
constexpr int kMostDays = 3'660;
constexpr std::size_t kMostTokens = 1'000;

std::vector<FieldViolation> CheckToken(const v1::CreateTokenRequest& request) {
  std::vector<FieldViolation> violations;
  if (AccountName(request.name()).empty()) {
    violations.push_back({"name", "must have 1 to 64 characters of a-z, 0-9, '.', '-', '_', '@'"});
  }
  if (request.days() < 0 || request.days() > kMostDays)
    violations.push_back({"days", "must be 1 to 3660, or 0 for 365"});
  if (request.assignments().empty() || request.assignments_size() > kMostTokenAssignments) {
    violations.push_back({"assignments", "must be 1 to 20: what the token may do"});
    return violations;
  }
  for (int i = 0; i < request.assignments_size(); ++i) {
    const std::string field = "assignments[" + std::to_string(i) + "]";
    const auto grants = ExpandAssignment(request.assignments(i), field);
    if (!grants) {
      const auto& more = grants.error().violations;
      violations.insert(violations.end(), more.begin(), more.end());
    } else if (std::ranges::any_of(*grants, [](const v1::Grant& grant) {
                 return grant.role() == v1::Role::ADMINISTRATOR;
               })) {
      violations.push_back({field + ".role", "a machine is never an administrator"});
    }
  }
  return violations;
}

}  // namespace

Result<v1::ListTokensResponse> TokenHandler::ListTokens(const CallContext&,
                                                        const v1::ListTokensRequest&) {
  auto tokens = people_.ListApiTokens();
  if (!tokens) return std::unexpected(tokens.error());
  v1::ListTokensResponse response;
  for (v1::ApiToken& token : *tokens) *response.add_tokens() = std::move(token);
  return response;
}

Result<v1::CreateTokenResponse> TokenHandler::CreateToken(const CallContext& context,
                                                          const v1::CreateTokenRequest& request) {
  if (auto violations = CheckToken(request); !violations.empty())
    return Invalid(std::move(violations));
  auto present = people_.ListApiTokens();
  if (!present) return std::unexpected(present.error());
  if (present->size() >= kMostTokens)
    return Fail(Code::kResourceExhausted, "there are 1,000 tokens, which is the limit");
  const TimePoint now = clock_.Now();
  v1::CreateTokenResponse response;
  response.set_secret(NewSecret(kTokenPrefix));
  v1::ApiToken& token = *response.mutable_token();
  token.set_id(NewUlid(now));
  token.set_name(AccountName(request.name()));
  *token.mutable_assignments() = request.assignments();
  *token.mutable_created() = ToTimestamp(now);
  token.set_created_by(context.caller);
  const std::chrono::days days(request.days() == 0 ? kDefaultDays : request.days());
  *token.mutable_expires() = ToTimestamp(now + days);
  if (auto put = people_.PutApiToken({.token = token, .hash = Sha256Hex(response.secret())}); !put)
    return std::unexpected(put.error());
  return response;
}

Result<v1::RevokeTokenResponse> TokenHandler::RevokeToken(const CallContext&,
                                                          const v1::RevokeTokenRequest& request) {
  auto revoked = people_.RevokeApiToken(request.id(), clock_.Now());
  if (!revoked) return std::unexpected(revoked.error());
  if (!*revoked) {
    return Fail(Code::kNotFound, "there is no token with the id " + LogSafe(request.id()) +
                                     " that is not revoked; ids are in the list of tokens");
  }
  authenticator_.EndToken(request.id());
  return v1::RevokeTokenResponse();
}

}  // namespace wardcast
