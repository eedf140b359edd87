// The presenter: the windows on this PC's screen, the strip and the tray.
//
// The only header of this folder that other rooms need; no header of the toolkit or of the window
// system comes in with it, so that it can stand next to gRPC's.
#pragma once

#include <functional>

#include "agent/core/screen.h"

namespace wardcast::agent {

// Runs the presenter in the calling thread, which must be the process's main thread, until
// StopDesktop() is called or the display goes away. Returns 0; anything else when there is no
// display to show something on (the reason is on stderr), and then neither function was called.
// Call it once per process.
//
// `ready` is called once, in this thread, when the presenter can take Show(). Its presenter may be
// used from any thread until `ending` returns: `ending` is called in this thread when no window
// will change any more; whoever calls Show() must have stopped when it returns. `events` must
// outlive the call; it is called in this thread.
int RunDesktop(PresenterEvents& events, std::function<void(Presenter&)> ready,
               std::function<void()> ending = {});

// Makes RunDesktop return soon. Any thread (not a signal handler itself), any time, also before
// RunDesktop.
void StopDesktop();

}  // namespace wardcast::agent
