#include "server/access/ldap/ldap_connection.h"

#include <openldap.h>
#include <sys/time.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/log.h"
#include "server/access/ldap/dial.h"

namespace wardcast {
namespace {

// A person's entry with a thousand groups is a tenth of it.
constexpr ber_len_t kLargestMessage = ber_len_t{4} << 20;

timeval TimeLeft(LdapConnection::Deadline until) {
  const auto left = std::max(std::chrono::microseconds(1'000),
                             std::chrono::duration_cast<std::chrono::microseconds>(
                                 until - std::chrono::steady_clock::now()));
  return {.tv_sec = left.count() / 1'000'000, .tv_usec = left.count() % 1'000'000};
}

std::string SmallLetters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return small;
}

std::string TakeText(char* text) {
  std::string copy(text ? text : "");
  ldap_memfree(text);
  return copy;
}

// The server's own words about the last answer.
std::string WordsOf(LDAP* ldap) {
  char* words = nullptr;
  if (ldap_get_option(ldap, LDAP_OPT_DIAGNOSTIC_MESSAGE, &words) != LDAP_OPT_SUCCESS) return {};
  return TakeText(words);
}

// TLS 1.2 or newer. GnuTLS, which Debian's libldap uses, takes it as a list of priorities.
int SetOldestTls(LDAP* ldap) {
  char* package = nullptr;
  ldap_get_option(nullptr, LDAP_OPT_X_TLS_PACKAGE, &package);
  if (TakeText(package) == "GnuTLS") {
    return ldap_set_option(ldap, LDAP_OPT_X_TLS_CIPHER_SUITE,
                           "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2");
  }
  const int oldest = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
  return ldap_set_option(ldap, LDAP_OPT_X_TLS_PROTOCOL_MIN, &oldest);
}

// Whatever ldap.conf or the environment say: this authority alone, and always verified.
Result<void> SetTls(LDAP* ldap, const std::filesystem::path& ca) {
  const int demand = LDAP_OPT_X_TLS_DEMAND;
  const int client = 0;
  const bool done =
      ldap_set_option(ldap, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) == LDAP_OPT_SUCCESS &&
      ldap_set_option(ldap, LDAP_OPT_X_TLS_CACERTDIR, "") == LDAP_OPT_SUCCESS &&
      ldap_set_option(ldap, LDAP_OPT_X_TLS_CACERTFILE, ca.c_str()) == LDAP_OPT_SUCCESS &&
      SetOldestTls(ldap) == LDAP_OPT_SUCCESS &&
      ldap_set_option(ldap, LDAP_OPT_X_TLS_NEWCTX, &client) == LDAP_OPT_SUCCESS;
  if (done) return {};
  return Fail(Code::kUnavailable,
              "ldap.ca: " + ca.string() + " cannot be read, or holds no certificate in PEM");
}

// What says nothing about name and password, but about the server. Everything else is a no: what
// one entry is answered must not make the whole directory look broken.
bool IsTrouble(int outcome) {
  switch (outcome) {
    case LDAP_OPERATIONS_ERROR:
    case LDAP_PROTOCOL_ERROR:
    case LDAP_TIMELIMIT_EXCEEDED:
    case LDAP_STRONG_AUTH_REQUIRED:
    case LDAP_CONFIDENTIALITY_REQUIRED:
    case LDAP_BUSY:
    case LDAP_UNAVAILABLE:
      return true;
    default:
      return outcome < 0;  // libldap's own: the connection is gone, no answer in time
  }
}

std::map<std::string, std::vector<std::string>> ValuesOf(LDAP* ldap, LDAPMessage* entry) {
  std::map<std::string, std::vector<std::string>> values;
  BerElement* position = nullptr;
  for (char* name = ldap_first_attribute(ldap, entry, &position); name != nullptr;
       name = ldap_next_attribute(ldap, entry, position)) {
    berval** list = ldap_get_values_len(ldap, entry, name);
    std::vector<std::string>& mine = values[SmallLetters(name)];
    for (int i = 0; list != nullptr && list[i] != nullptr; ++i)
      mine.emplace_back(list[i]->bv_val, list[i]->bv_len);
    ldap_value_free_len(list);
    ldap_memfree(name);
  }
  ber_free(position, 0);
  return values;
}

}  // namespace

std::string LdapEntry::First(const std::string& attribute) const {
  const auto found = values.find(SmallLetters(attribute));
  return found == values.end() || found->second.empty() ? std::string() : found->second.front();
}

std::unexpected<Error> LdapConnection::Problem(const char* what, int outcome) const {
  std::string words = WordsOf(ldap_.get());
  if (words == "(unknown error code)") words.clear();  // GnuTLS' way of saying nothing
  return Fail(Code::kUnavailable, std::string(what) + ": " + ldap_err2string(outcome) +
                                      (words.empty() ? "" : " (" + LogSafe(words) + ")"));
}

Result<LdapConnection> LdapConnection::Open(const LdapConfig& config, const std::string& url,
                                            Deadline connected_by) {
  const auto socket = Dial(url, connected_by);
  if (!socket) return std::unexpected(socket.error());
  LDAP* raw = nullptr;
  if (const int outcome = ldap_init_fd(*socket, LDAP_PROTO_TCP, url.c_str(), &raw);
      outcome != LDAP_SUCCESS)
    return Fail(Code::kUnavailable, ldap_err2string(outcome));
  LdapConnection connection(std::make_unique<IoDeadline>(), Handle(raw));
  connection.deadline_->until = connected_by;
  const int version = LDAP_VERSION3;
  const timeval left = TimeLeft(connected_by);
  ldap_set_option(raw, LDAP_OPT_PROTOCOL_VERSION, &version);
  ldap_set_option(raw, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  ldap_set_option(raw, LDAP_OPT_TIMEOUT, &left);
  Sockbuf* buffer = nullptr;
  ber_len_t largest = kLargestMessage;
  if (ldap_get_option(raw, LDAP_OPT_SOCKBUF, &buffer) != LDAP_OPT_SUCCESS ||
      !AddDeadline(buffer, connection.deadline_.get()))
    return Fail(Code::kUnavailable, "there is no memory for a connection");
  ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &largest);

  if (IsLdaps(url) || config.start_tls) {
    if (auto set = SetTls(raw, config.ca); !set) return std::unexpected(set.error());
    const int outcome =
        IsLdaps(url) ? ldap_install_tls(raw) : ldap_start_tls_s(raw, nullptr, nullptr);
    if (outcome != LDAP_SUCCESS || ldap_tls_inplace(raw) == 0) {
      return connection.Problem(
          "TLS fails; is its certificate from the authority in ldap.ca, in date, and for the name "
          "in ldap.url?",
          outcome);
    }
  }
  // libldap connects anew by itself when a connection was lost: without StartTLS, and without a
  // deadline. There it finds nobody.
  ldap_set_option(raw, LDAP_OPT_URI, "ldapi://%2Fnowhere%2Fwardcast");
  return connection;
}

Result<std::pair<LdapConnection::Message, int>> LdapConnection::Wait(int request, const char* what,
                                                                     Deadline until) {
  timeval left = TimeLeft(until);
  LDAPMessage* raw = nullptr;
  deadline_->until = until;
  const int kind = ldap_result(ldap_.get(), request, LDAP_MSG_ALL, &left, &raw);
  Message message(raw);
  if (kind == 0) {
    ldap_abandon_ext(ldap_.get(), request, nullptr, nullptr);
    return Problem(what, LDAP_TIMEOUT);
  }
  int outcome = LDAP_OTHER;
  if (kind < 0) {
    ldap_get_option(ldap_.get(), LDAP_OPT_RESULT_CODE, &outcome);
    return Problem(what, outcome);
  }
  const int parsed = ldap_parse_result(ldap_.get(), message.get(), &outcome, nullptr, nullptr,
                                       nullptr, nullptr, 0);
  if (parsed != LDAP_SUCCESS) return Problem(what, parsed);
  return std::pair(std::move(message), outcome);
}

Result<bool> LdapConnection::Bind(const std::string& dn, const std::string& password,
                                  Deadline until) {
  if (dn.empty() || password.empty()) return false;
  std::string copy = password;
  berval secret{.bv_len = copy.size(), .bv_val = copy.data()};
  deadline_->until = until;
  int request = 0;
  const int sent = ldap_sasl_bind(ldap_.get(), dn.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr,
                                  nullptr, &request);
  if (sent != LDAP_SUCCESS) return Problem("signing in there", sent);
  auto answer = Wait(request, "signing in there", until);
  if (!answer) return std::unexpected(answer.error());
  if (answer->second == LDAP_SUCCESS) return true;
  if (IsTrouble(answer->second)) return Problem("signing in there", answer->second);
  return false;
}

Result<std::vector<LdapEntry>> LdapConnection::Search(const LdapSearch& search, Deadline until) {
  std::vector<std::string> copies = search.attributes;
  std::vector<char*> names;
  names.reserve(copies.size() + 1);
  for (std::string& name : copies) names.push_back(name.data());
  names.push_back(nullptr);
  timeval left = TimeLeft(until);
  // One more than is wanted tells that there are too many.
  const int limit = search.most + 1;
  deadline_->until = until;
  int request = 0;
  const int sent =
      ldap_search_ext(ldap_.get(), search.base.c_str(), LDAP_SCOPE_SUBTREE, search.filter.c_str(),
                      names.data(), 0, nullptr, nullptr, &left, limit, &request);
  if (sent != LDAP_SUCCESS) return Problem("searching", sent);
  auto answer = Wait(request, "searching", until);
  if (!answer) return std::unexpected(answer.error());
  const auto& [message, outcome] = *answer;
  if (outcome == LDAP_NO_SUCH_OBJECT)
    return Fail(Code::kUnavailable, "there is no " + LogSafe(search.base) + ": look at ldap.base");
  // References to other servers are not followed.
  if (outcome != LDAP_SUCCESS && outcome != LDAP_SIZELIMIT_EXCEEDED &&
      outcome != LDAP_PARTIAL_RESULTS && outcome != LDAP_REFERRAL)
    return Problem("searching", outcome);
  std::vector<LdapEntry> entries;
  for (LDAPMessage* entry = ldap_first_entry(ldap_.get(), message.get());
       entry != nullptr && std::ssize(entries) < limit;
       entry = ldap_next_entry(ldap_.get(), entry)) {
    entries.push_back(
        {.dn = TakeText(ldap_get_dn(ldap_.get(), entry)), .values = ValuesOf(ldap_.get(), entry)});
  }
  return entries;
}

std::string LdapConnection::Tls() const {
  if (ldap_tls_inplace(ldap_.get()) == 0) return {};
  char* version = nullptr;
  char* cipher = nullptr;
  ldap_get_option(ldap_.get(), LDAP_OPT_X_TLS_VERSION, &version);
  ldap_get_option(ldap_.get(), LDAP_OPT_X_TLS_CIPHER, &cipher);
  std::string text = TakeText(version);
  const std::string suite = TakeText(cipher);
  return text + (text.empty() || suite.empty() ? "" : ", ") + suite;
}

}  // namespace wardcast
