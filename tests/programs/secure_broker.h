// The real broker as a hospital runs it: TLS on both ports, its own authority.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/servers/child_process.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

// What a program said, on both streams, and how it ended.
struct Said {
  int code = 0;
  std::string text;
};

// PEM texts that a client shows; empty: nothing.
struct Shown {
  std::string key = {};
  std::string certificate = {};
};

// Threads: one.
class SecureBroker {
 public:
  // What another broker has exported, for one that joins it.
  struct Identity {
    std::filesystem::path file;
    std::string passphrase;
  };
  // Starts it on free loopback ports; throws if it does not become ready. `joins`: after it has
  // taken this over.
  explicit SecureBroker(std::vector<std::string> options = {},
                        const std::optional<Identity>& joins = std::nullopt);
  ~SecureBroker();

  void Start();
  // SIGTERM, and waits.
  void Stop();
  // Starts it, and waits for its end: what it says when it refuses.
  Said StartAndFail(const std::vector<std::string>& options = {});

  std::filesystem::path folder() const { return temp_.path() / "broker"; }
  // Where a test may write.
  const std::filesystem::path& place() const { return temp_.path(); }
  std::string grpc() const { return "localhost:" + std::to_string(grpc_port_); }
  int grpc_port() const { return grpc_port_; }
  int http_port() const { return http_port_; }
  std::string Ca() const;
  std::string Log() const;

  // A channel that trusts the broker's authority, or `authority` instead.
  std::shared_ptr<grpc::Channel> Channel(const Shown& shown = {},
                                         const std::string& authority = {}) const;
  // "OK", or the name of the status that GetVersion ends with.
  std::string AskVersion(const Shown& shown = {}, const std::string& authority = {}) const;

  // Runs one of our programs, or another one, to its end. `input`: its standard input.
  Said Run(std::vector<std::string> command, const std::string& input = {}) const;
  // `wardcast admin … --data-dir`, at this broker.
  Said Admin(std::vector<std::string> command) const;
  Identity ExportIdentity() const;
  // The enrolment line that names this broker.
  std::string EnrolLine(const std::vector<std::string>& options = {}) const;
  // `openssl s_client` at a port, with these options.
  Said AskOpenssl(int port, const std::string& options) const;

 private:
  std::vector<std::string> Command(const std::vector<std::string>& options) const;

  TempFolder temp_;
  const std::vector<std::string> options_;
  std::unique_ptr<ChildProcess> process_;
  int grpc_port_ = 0;
  int http_port_ = 0;
};

// Waits up to 40 s for it.
bool ComesTrue(const std::function<bool()>& holds);

std::string TextOf(const std::filesystem::path& file);

}  // namespace wardcast::testing
