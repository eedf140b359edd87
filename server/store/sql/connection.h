// One connection to the database: typed rows in and out, for SQLite and PostgreSQL alike.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "server/store/sql/dialect.h"
#include "server/store/sql/failure.h"

namespace wardcast {

// Threads: one at a time. Read() and Execute() throw what SOCI throws; Explain() (failure.h) says
// what it means.
class Connection {
 public:
  // A database file in WAL mode; every commit is on the disk when it returns. The folder must
  // exist; the file is made with mode 0600. Errors as Explain() gives them.
  static Result<std::unique_ptr<Connection>> OpenSqlite(const std::filesystem::path& file,
                                                        std::chrono::milliseconds timeout);
  // `conninfo` as libpq takes it. kUnavailable: the server does not answer or refuses.
  static Result<std::unique_ptr<Connection>> OpenPostgresql(const std::string& conninfo,
                                                            std::chrono::milliseconds timeout);

  Dialect dialect() const { return dialect_; }
  // Names the database in messages; without a password.
  const std::string& place() const { return place_; }

  // The socket to the server; -1: there is none.
  int socket() const { return socket_; }

  // Columns are std::string or std::int64_t, never NULL; so are the parameters (`:name` in `query`,
  // in their order).
  template <class... Columns, class... Params>
  std::vector<std::tuple<Columns...>> Read(const std::string& query, const Params&... params) {
    std::tuple<Columns...> row;
    soci::statement statement(session_);
    std::apply([&](auto&... column) { (statement.exchange(soci::into(column)), ...); }, row);
    Prepare(statement, query, params...);
    std::vector<std::tuple<Columns...>> rows;
    statement.execute(false);
    while (statement.fetch()) rows.push_back(row);
    return rows;
  }

  // Returns how many rows were changed.
  template <class... Params>
  std::int64_t Execute(const std::string& query, const Params&... params) {
    soci::statement statement(session_);
    Prepare(statement, query, params...);
    statement.execute(true);
    return statement.get_affected_rows();
  }

  // Ends the transaction without its writes. After some errors, a full disk among them, SQLite has
  // already done so; that is no error. Throws what SOCI throws.
  void RollBack();

 private:
  Connection(Dialect dialect, std::string place) : dialect_(dialect), place_(std::move(place)) {}

  static void Check(const std::string& text) {
    if (!IsPlainText(text)) throw UnfitText();
  }
  static void Check(std::int64_t) {}

  template <class... Params>
  void Prepare(soci::statement& statement, const std::string& query, const Params&... params) {
    static_assert(
        ((std::is_same_v<Params, std::string> || std::is_same_v<Params, std::int64_t>) && ...));
    (Check(params), ...);
    (statement.exchange(soci::use(params)), ...);
    statement.alloc();
    statement.prepare(query, soci::details::st_one_time_query);
    statement.define_and_bind();
  }

  const Dialect dialect_;
  const std::string place_;
  int socket_ = -1;
  soci::session session_;
};

// `conninfo` that means, of several hosts, the one that takes writes, also after a fail-over;
// unless the administrator says otherwise in it.
std::string AtWritableHost(std::string conninfo);

}  // namespace wardcast
