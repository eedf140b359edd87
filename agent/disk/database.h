// SQLite behind RAII: the only header of the agent that stands for its C API. Every error becomes a
// value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace wardcast::agent {

class Database;

// One prepared statement. Bind (1, 2, …), then Step until it says false. Threads: one at a time.
class Statement {
 public:
  Statement& Bind(int index, std::int64_t value);
  Statement& BindText(int index, std::string_view value);
  Statement& BindBlob(int index, std::string_view value);
  // True: a row is there. False: done. Errors as Database::Execute.
  Result<bool> Step();
  // Steps to the end, throwing rows away, and makes the statement ready to be bound again.
  Result<void> Run();

  std::int64_t Integer(int column) const;
  std::string Bytes(int column) const;  // text or blob

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(sqlite3* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {}
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Threads: one at a time. Statements must go before their database.
class Database {
 public:
  // Opens or creates. WAL, synchronous FULL, exclusive: another process on the same file is
  // kFailedPrecondition. kDataLoss: the file is damaged or no database. kUnavailable: it cannot be
  // opened or written, with the reason.
  static Result<Database> Open(const std::filesystem::path& path);

  // Runs one or more statements without parameters. kDataLoss: the file is damaged. kUnavailable:
  // anything else.
  Result<void> Execute(const char* sql);
  // `sql` is a literal of this room; errors as Execute.
  Result<Statement> Prepare(const char* sql);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace wardcast::agent
