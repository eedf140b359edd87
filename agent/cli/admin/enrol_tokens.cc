// The tokens with which a fleet enrols itself.
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"
#include "base/file.h"
#include "base/tls/enrol_line.h"

namespace wardcast::cli {
namespace {

struct TokenFlags {
  std::string data_dir;
  std::string site;
  int uses = 1;
  std::string expires = "7d";
  std::string brokers;
  std::string note;
  std::string id;
};

// "60d", "12h", "30m" in seconds.
std::optional<long long> ReadLife(std::string_view text) {
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0 || number > 100'000 ||
      end + 1 != text.data() + text.size())
    return std::nullopt;
  switch (*end) {
    case 'd':
      return number * 86'400;
    case 'h':
      return number * 3'600;
    case 'm':
      return number * 60;
    default:
      return std::nullopt;
  }
}

// The address that makes a browser an endpoint when it is opened; the broker's name is the one of
// the line, its HTTPS port the one where the broker of this machine listens. Empty: that is not
// known.
std::string BrowserAddress(const std::string& line, const std::string& data_dir) {
  constexpr std::size_t kLargestFile = 4096;
  const auto read = ReadEnrolLine(line);
  const auto file = ReadFile(data_dir + "/listening.json", kLargestFile);
  if (!read || !file) return {};
  const nlohmann::json listening = nlohmann::json::parse(*file, nullptr, false);
  if (!listening.is_object() || !listening.contains("http") || !listening["http"].is_string())
    return {};
  const std::string http = listening["http"].get<std::string>();
  const std::string& broker = read->brokers.front();
  return "https://" + broker.substr(0, broker.rfind(':')) + http.substr(http.rfind(':')) +
         "/receiver.html#enroll=" + read->token + "&endpoint=";
}

int Create(Session& session, const TokenFlags& flags) {
  v1::CreateEnrollTokenRequest request;
  request.set_site_id(flags.site);
  request.set_uses(flags.uses);
  request.set_note(flags.note);
  const auto life = ReadLife(flags.expires);
  if (!life) {
    std::fprintf(stderr, "wardcast: --expires: \"%s\" is not a time like 60d, 12h or 30m\n",
                 Printable(flags.expires).c_str());
    return kUsage;
  }
  request.mutable_valid_for()->set_seconds(*life);
  std::stringstream brokers(flags.brokers);
  for (std::string broker; std::getline(brokers, broker, ',');) request.add_brokers(broker);
  v1::CreateEnrollTokenResponse response;
  const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.CreateEnrollToken(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  // The line alone is on standard output, for pasting and for scripts.
  std::printf("%s\n", response.line().c_str());
  std::fprintf(stderr,
               "Token %s: for %d machine%s, until %s. The line above is secret until then: whoever "
               "has it can enrol a machine.\nGive it to each agent: --enroll-file FILE, or "
               "WARDCAST_ENROLL in its settings.\n",
               Printable(response.token().id()).c_str(), response.token().uses(),
               response.token().uses() == 1 ? "" : "s",
               TimeText(response.token().expires_at()).c_str());
  const std::string data_dir = flags.data_dir.empty() ? DefaultDataDir() : flags.data_dir;
  if (const std::string address = BrowserAddress(response.line(), data_dir); !address.empty()) {
    std::fprintf(stderr,
                 "A browser without an agent becomes an endpoint by this address, with the PC's "
                 "name at its end (wall boards: wall.html):\n%s\n",
                 Printable(address).c_str());
  }
  return kOk;
}

int List(Session& session, const TokenFlags& flags) {
  v1::ListEnrollTokensResponse response;
  const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.ListEnrollTokens(context, v1::ListEnrollTokensRequest(), &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  for (const v1::EnrollToken& token : response.tokens()) {
    std::printf("%s  %-10s  used %d of %d  until %s%s%s\n", Printable(token.id()).c_str(),
                Printable(token.site_id()).c_str(), token.used(), token.uses(),
                TimeText(token.expires_at()).c_str(), token.has_revoked_at() ? "  revoked" : "",
                token.note().empty() ? "" : ("  " + Printable(token.note())).c_str());
  }
  if (response.tokens().empty()) std::printf("no enrolment token\n");
  return kOk;
}

int Revoke(Session& session, const TokenFlags& flags) {
  v1::RevokeEnrollTokenRequest request;
  request.set_id(flags.id);
  v1::RevokeEnrollTokenResponse response;
  const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.RevokeEnrollToken(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("revoked; %d of %d machines have enrolled with it and keep their place\n",
                response.token().used(), response.token().uses());
  }
  return kOk;
}

}  // namespace

void AddEnrolTokens(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<TokenFlags>();
  const auto bind = [flags, &chosen](CLI::App* command, int (*run)(Session&, const TokenFlags&)) {
    AddDataDir(*command, flags->data_dir);
    command->callback([flags, &chosen, run] {
      chosen = [flags, run](Session& session) { return run(session, *flags); };
    });
  };
  CLI::App* create = admin.add_subcommand(
      "enroll-token", "Make the line with which machines enrol themselves as endpoints");
  create->add_option("--site", flags->site, "site of these machines; noted with each of them")
      ->type_name("ID");
  create->add_option("--uses", flags->uses, "how many machines may enrol with it")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  create->add_option("--expires", flags->expires, "how long it is valid: 60d, 12h, 30m")
      ->type_name("TIME")
      ->capture_default_str();
  create
      ->add_option("--brokers", flags->brokers,
                   "HOST:PORT of the brokers that the machines shall try (default: this one)")
      ->type_name("HOST:PORT[,…]");
  create->add_option("--note", flags->note, "what it is for")->type_name("TEXT");
  bind(create, Create);
  bind(admin.add_subcommand("enroll-tokens", "List the enrolment tokens"), List);
  CLI::App* revoke =
      admin.add_subcommand("revoke-enroll-token", "Let nobody enrol with a token any more");
  revoke->add_option("token", flags->id, "its id")->required()->type_name("ID");
  bind(revoke, Revoke);
}

}  // namespace wardcast::cli
