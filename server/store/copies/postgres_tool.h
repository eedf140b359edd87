// Runs PostgreSQL's own programs: pg_dump, pg_restore, psql.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace wardcast {

// Runs `program` (searched in PATH) with `arguments` to its end, without a shell. With a
// `conninfo` it is told to connect there (`--dbname`); a password in it goes through the
// environment, never onto the command line, which everybody on the machine can read. Blocks as long
// as the program runs. kFailedPrecondition: it is not installed; kResourceExhausted: its disk is
// full; kUnavailable: it failed; the message is its first line.
Result<void> RunPostgresTool(const std::string& program, std::vector<std::string> arguments,
                             const std::string& conninfo);

}  // namespace wardcast
