// The connection of one `wardcast` run: where the broker is, whose token is sent, how errors become
// words and exit codes.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "wardcast/v1/access_service.pb.h"

namespace wardcast::cli {

// What a shell script can rely on.
enum ExitCode : int {
  kOk = 0,
  kRefused = 1,          // the broker refused: what is wrong is on standard error
  kUsage = 2,            // the command line is wrong
  kUnreachable = 3,      // no broker there, or it does not answer; trying again is safe
  kUnauthenticated = 4,  // no token, or not a valid one
  kHeld = 5,             // written, but not sent: a draft, or it waits for approval
  kChanged = 6,          // somebody else changed it meanwhile: read it again
};

// The same for --help.
inline constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 refused by the broker, 2 wrong command line, 3 broker not reachable, 4 "
    "token missing or wrong, 5 written but not sent (a draft, or it waits for approval), 6 changed "
    "by somebody else meanwhile.";

// Where a broker of this user keeps its data when nobody told it otherwise.
std::string DefaultDataDir();

// Where `sign-in` keeps the session of this user.
std::string SessionFile();
// Makes the folder of `file` (0700), if it is not there.
Result<void> MakePrivateFolder(const std::string& file);

enum class Output { kTable, kJson };

struct Options {
  std::string broker = "127.0.0.1:7443";
  std::string token;  // WARDCAST_TOKEN
  // Read if `token` is empty. Empty: the session of `sign-in`, else admin.token of a broker of this
  // user that runs with insecure_loopback.
  std::string token_file;
  // PEM file with the authority that the broker's certificate must come from. Empty: tls/ca.pem of
  // the broker's data folder on this machine, if it is there; else plain text, on loopback only.
  std::string ca_file;
  bool insecure_loopback = false;  // plain text in any case
  Output output = Output::kTable;
  int timeout_s = 10;
};

// Threads: one.
class Session {
 public:
  explicit Session(Options options);

  const Options& options() const { return options_; }
  bool json() const { return options_.output == Output::kJson; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // Adds the token; unary calls also get the deadline.
  void Prepare(grpc::ClientContext& context, bool unary) const;

  // Makes one unary call: `call` is a stub's method bound to its arguments. If the broker asks once
  // more who this is, and somebody sits at a terminal, they are asked, and the same call is made
  // again. False after an error, which was printed and is in exit_code().
  bool Call(const std::function<grpc::Status(grpc::ClientContext*)>& call);
  // The same without showing a token: for signing in.
  bool CallWithout(const std::function<grpc::Status(grpc::ClientContext*)>& call);
  // AccessService.Confirm; false as above.
  bool Confirm(const v1::ConfirmRequest& request, v1::ConfirmResponse* response);
  // False: the broker may not be asked this way; why was printed, and is in exit_code().
  bool Connect();
  // Prints what `status` means and what to do, and keeps the exit code.
  void Explain(const grpc::Status& status);
  int exit_code() const { return exit_code_; }

 private:
  // Asks the person until the broker is content; false: it is not, which was printed.
  bool ConfirmAtTerminal();
  // Prints the broker's own words.
  void Print(const grpc::Status& status, ExitCode code);
  // Explain, for a call whose answer may have come from the broker all the same.
  void ExplainCall(const grpc::Status& status, const grpc::ClientContext& context);

  Options options_;
  std::string token_;
  std::string ca_file_;  // what is used; empty: plain text
  std::shared_ptr<grpc::Channel> channel_;
  int exit_code_ = kOk;
};

}  // namespace wardcast::cli
