// A disk that is full when a test says so: a shared library that stands before the C library. Every
// write to a file whose path contains "wardcast.db" fails with ENOSPC meanwhile.
#pragma once

namespace wardcast::testing {

// In a test that is linked with `wardcast_full_disk`. A program that is started with
// LD_PRELOAD=libwardcast_full_disk.so has a full disk while the file named by the variable
// WARDCAST_FULL_DISK exists. Threads: any.
void SetDiskFull(bool is_full);

}  // namespace wardcast::testing
