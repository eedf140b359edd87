#include "server/access/ldap/ldap_directory.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "server/access/ldap/filter.h"
#include "server/access/ldap/standing.h"

namespace wardcast {
namespace {

using std::chrono::steady_clock;

constexpr int kMostGroups = 1'000;
constexpr std::size_t kLongestDisplayName = 100;
constexpr std::chrono::seconds kAskAgain{5};
// A server that has failed is asked after the others for so long.
constexpr std::chrono::minutes kLast{5};

// One line of at most 100 bytes, not cut within a character.
std::string OneLine(std::string text) {
  if (text.size() > kLongestDisplayName) {
    std::size_t end = kLongestDisplayName;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
  }
  return LogSafe(text);
}

}  // namespace

LdapDirectory::LdapDirectory(LdapConfig config, const Clock& clock)
    : config_(std::move(config)), roles_(config_.roles), clock_(clock) {
  for (const std::string& url : config_.urls) servers_.push_back({.url = url});
}

Result<std::vector<std::string>> LdapDirectory::Begin() {
  const auto now = steady_clock::now();
  const MutexLock lock(mu_);
  if (!trouble_.empty()) {
    if (asking_again_ || now < ask_again_) return Fail(Code::kUnavailable, trouble_);
    asking_again_ = true;
  }
  std::vector<std::string> order;
  std::vector<std::string> last;
  for (const Server& server : servers_) {
    const bool failed = server.failed != Deadline{} && now - server.failed < kLast;
    (failed ? last : order).push_back(server.url);
  }
  order.insert(order.end(), last.begin(), last.end());
  return order;
}

void LdapDirectory::End(const std::string& url, const std::string& problem) {
  bool again = false;
  {
    const MutexLock lock(mu_);
    for (Server& server : servers_) {
      if (server.url == url) server.failed = problem.empty() ? Deadline{} : steady_clock::now();
    }
    if (problem.empty()) {
      again = !trouble_.empty();
      trouble_.clear();
      asking_again_ = false;
    }
  }
  if (!problem.empty()) SPDLOG_WARN("directory: {}: {}", LogSafe(url), LogSafe(problem));
  if (again) SPDLOG_INFO("directory: it answers again");
}

void LdapDirectory::EndAll(const std::string& problem) {
  bool news = false;
  {
    const MutexLock lock(mu_);
    news = trouble_.empty();
    trouble_ = problem;
    ask_again_ = steady_clock::now() + kAskAgain;
    asking_again_ = false;
  }
  if (news) SPDLOG_ERROR("directory: no server answers; local accounts still sign in");
}

std::string LdapDirectory::Trouble() const {
  const MutexLock lock(mu_);
  return trouble_;
}

Result<LdapConnection> LdapDirectory::Connect(const std::string& url, Deadline connected_by,
                                              Deadline until) {
  // Read each time: a password is changed without a restart.
  const auto password = ReadBindPassword(config_);
  if (!password) return Fail(Code::kUnavailable, password.error().message);
  auto connection = LdapConnection::Open(config_, url, connected_by);
  if (!connection) return connection;
  const auto bound = connection->Bind(config_.bind_dn, *password, until);
  if (!bound) return std::unexpected(bound.error());
  if (!*bound) {
    return Fail(Code::kUnavailable,
                "it refuses the service account: look at ldap.bind_dn and at the password in "
                "ldap.bind_password_file");
  }
  return connection;
}

Result<DirectoryPerson> LdapDirectory::Ask(const Question& question) {
  auto order = Begin();
  if (!order) return std::unexpected(order.error());
  const auto until = steady_clock::now() + config_.answer_timeout;
  std::string problems;
  for (std::size_t i = 0; i < order->size(); ++i) {
    const std::string& url = (*order)[i];
    // What is left is for all that are still to be tried, so that one that hangs leaves time for
    // the next.
    const auto now = steady_clock::now();
    if (now >= until) break;
    const auto share = (until - now) / static_cast<std::ptrdiff_t>(order->size() - i);
    auto connection =
        Connect(url, now + std::min<steady_clock::duration>(config_.connect_timeout, share), until);
    auto answer = connection ? question(*connection, until)
                             : Result<DirectoryPerson>(std::unexpected(connection.error()));
    if (answer || answer.error().code != Code::kUnavailable) {
      End(url, "");
      return answer;
    }
    End(url, answer.error().message);
    problems += (problems.empty() ? "" : "; ") + url + ": " + answer.error().message;
  }
  EndAll(problems);
  return Fail(Code::kUnavailable, problems);
}

Result<DirectoryPerson> LdapDirectory::Look(LdapConnection& connection, const std::string& account,
                                            Deadline until) {
  LdapSearch search{.base = config_.base,
                    .filter = FilledFilter(config_.user_filter, {.account = account}),
                    .attributes = StandingAttributes(),
                    .most = 1};
  for (const std::string& attribute :
       {config_.display_name_attribute, std::string("cn"), config_.group_attribute})
    search.attributes.push_back(attribute);
  auto found = connection.Search(search, until);
  if (!found) return std::unexpected(found.error());
  if (found->empty()) return Fail(Code::kNotFound, "nobody in the directory has this name");
  if (found->size() > 1) {
    return Fail(Code::kNotFound,
                "more than one entry of the directory has this name: look at ldap.user_filter");
  }
  const LdapEntry& entry = found->front();
  if (entry.dn.empty()) return Fail(Code::kNotFound, "an entry without a name");
  if (const std::string reason = StandsNoMore(entry, clock_.Now()); !reason.empty())
    return Fail(Code::kNotFound, reason);
  auto groups = GroupsOf(connection, account, entry, until);
  if (!groups) return std::unexpected(groups.error());
  const std::string shown = entry.First(config_.display_name_attribute);
  DirectoryPerson person{.dn = entry.dn,
                         .display_name = OneLine(shown.empty() ? entry.First("cn") : shown),
                         .groups = std::move(*groups),
                         .assignments = {}};
  person.assignments = roles_.Of(person.groups);
  return person;
}

Result<std::vector<std::string>> LdapDirectory::GroupsOf(LdapConnection& connection,
                                                         const std::string& account,
                                                         const LdapEntry& entry, Deadline until) {
  std::vector<std::string> groups;
  if (config_.group_base.empty()) {
    std::string attribute = config_.group_attribute;
    std::ranges::transform(attribute, attribute.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (const auto found = entry.values.find(attribute); found != entry.values.end())
      groups = found->second;
    return groups;
  }
  auto found = connection.Search(
      {.base = config_.group_base,
       .filter = FilledFilter(config_.group_filter, {.account = account, .dn = entry.dn}),
       .attributes = {LDAP_NO_ATTRS},
       .most = kMostGroups},
      until);
  if (!found) return std::unexpected(found.error());
  if (std::ssize(*found) > kMostGroups) {
    // Of one person, so it says nothing about the server.
    return Fail(Code::kNotFound,
                "in more than 1,000 groups below ldap.group_base: narrow ldap.group_filter");
  }
  for (LdapEntry& group : *found) groups.push_back(std::move(group.dn));
  return groups;
}

Result<DirectoryPerson> LdapDirectory::SignIn(const std::string& account,
                                              const std::string& password) {
  if (account.empty() || password.empty())
    return Fail(Code::kUnauthenticated, "no name or no password");
  return Ask([&](LdapConnection& connection, Deadline until) -> Result<DirectoryPerson> {
    auto person = Look(connection, account, until);
    if (!person) return person;
    const auto bound = connection.Bind(person->dn, password, until);
    if (!bound) return std::unexpected(bound.error());
    if (!*bound) return Fail(Code::kUnauthenticated, "the directory refuses the password");
    return person;
  });
}

Result<DirectoryPerson> LdapDirectory::Find(const std::string& account) {
  if (account.empty()) return Fail(Code::kNotFound, "no name");
  return Ask(
      [&](LdapConnection& connection, Deadline until) { return Look(connection, account, until); });
}

std::vector<DirectoryServerState> LdapDirectory::AskServers() {
  std::vector<DirectoryServerState> states;
  for (const std::string& url : config_.urls) {
    const auto now = steady_clock::now();
    auto connection = Connect(url, now + config_.connect_timeout, now + config_.answer_timeout);
    DirectoryServerState& state = states.emplace_back();
    state.url = url;
    if (connection) {
      state.tls = connection->Tls();
    } else {
      state.problem = connection.error().message;
    }
    // What an administrator has just mended works at once.
    End(url, state.problem);
  }
  return states;
}

}  // namespace wardcast
