// What a page asks for over its WebSocket: to subscribe, to report, to watch progress; and who it
// is while it does.
#include <chrono>
#include <utility>

#include "server/http/live/server_frame.h"
#include "server/http/live_socket.h"
#include "server/http/service.h"

namespace wardcast {
namespace {

constexpr std::string_view kReport = "wardcast.v1.EndpointService/Report";
constexpr int kMaxReportsUnderWay = 8;
constexpr std::chrono::milliseconds kRetrySoon{1'000};

}  // namespace

void LiveSocket::OnFrame(v1::ClientFrame frame) {
  asked_ = true;
  if (leaving() && frame.frame_case() != v1::ClientFrame::kReport) return;
  switch (frame.frame_case()) {
    case v1::ClientFrame::kSubscribe:
      return Subscribe(frame);
    case v1::ClientFrame::kReport:
      return Report(std::move(frame));
    case v1::ClientFrame::kWatchProgress:
      return Watch(frame);
    case v1::ClientFrame::FRAME_NOT_SET:
      return;
  }
}

const Caller* LiveSocket::CallerOf(const v1::ClientFrame& frame) {
  Caller caller{.bearer = frame.token(), .peer = peer_};
  if (const std::string* cookie = CookieFor(cookies_, frame.token()))
    caller = {.bearer = {}, .peer = peer_, .session = *cookie, .csrf = frame.token()};
  const bool anonymous = caller.bearer.empty() && caller.session.empty();
  const bool same = caller.bearer == caller_.bearer && caller.session == caller_.session;
  // A socket belongs to one person: what was opened for the first would outlive their session.
  if (signed_in_ && !anonymous && !same) {
    Close(CloseCode::kNotSignedIn, "this socket is somebody else's");
    return nullptr;
  }
  if (!signed_in_ && (!anonymous || caller_.peer.empty())) caller_ = std::move(caller);
  return &caller_;
}

bool LiveSocket::CheckSignedIn() {
  if (!signed_in_ && !(caller_.bearer.empty() && caller_.session.empty()))
    signed_in_ = door_.live.Look(caller_);
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  if (!signed_in_ || !signed_in_->over(now)) return true;
  signed_in_.reset();
  Close(CloseCode::kNotSignedIn, "not signed in any more");
  return false;
}

// Whoever was let in is known by now: from here on their signing out is noticed.
void LiveSocket::OnWake() {
  if (closing_ == Closing::kNo) CheckSignedIn();
  Pump();
}

void LiveSocket::Subscribe(const v1::ClientFrame& frame) {
  if (session_) {
    return Reply(ErrorFrame(frame.request_id(),
                            {Code::kFailedPrecondition, "this socket has subscribed already"}));
  }
  const Caller* caller = CallerOf(frame);
  if (caller == nullptr) return;
  // Looked at before: if the credential ends while the session opens, it is not known any more.
  const bool shown = !caller->bearer.empty() || !caller->session.empty();
  SignedInPtr who = shown ? door_.live.Look(*caller) : nullptr;
  auto session = door_.live.Subscribe(*caller, frame.subscribe(),
                                      [mailbox = door_.mailbox, id = id_] { mailbox->Wake(id); });
  if (!session) return Refuse(frame.request_id(), session.error());
  session_ = std::move(*session);
  if (!signed_in_) signed_in_ = std::move(who);
  CheckSignedIn();
  Pump();
}

void LiveSocket::Refuse(const std::string& request_id, const Error& error) {
  Reply(ErrorFrame(request_id, error));
  switch (error.code) {
    case Code::kUnavailable:
    case Code::kResourceExhausted:
      Reply(RetryAfterFrame(door_.draining ? door_.retry_after
                                           : error.retry_after.value_or(kRetrySoon)));
      return Close(door_.draining ? CloseCode::kRestarting : CloseCode::kComeBackLater,
                   "come back later");
    case Code::kUnauthenticated:
      return Close(CloseCode::kNotSignedIn, "not signed in");
    case Code::kPermissionDenied:
      return Close(CloseCode::kNotAllowed, "not allowed");
    case Code::kInvalidArgument:
    case Code::kNotFound:
    case Code::kAlreadyExists:
    case Code::kFailedPrecondition:
    case Code::kAborted:
    case Code::kUnimplemented:
    case Code::kDataLoss:
    case Code::kInternal:
      return;
  }
}

void LiveSocket::Report(v1::ClientFrame frame) {
  const std::string request_id = frame.request_id();
  if (reports_under_way_ == kMaxReportsUnderWay) {
    return Reply(
        ErrorFrame(request_id, {.code = Code::kResourceExhausted,
                                .message = "8 reports are under way; wait for their answers",
                                .retry_after = kRetrySoon}));
  }
  auto request = door_.dispatcher.NewRequest(kReport);
  if (!request || request->GetDescriptor() != v1::ReportRequest::descriptor()) {
    return Reply(ErrorFrame(request_id, {Code::kUnimplemented, "reports are not taken here"}));
  }
  static_cast<v1::ReportRequest&>(*request).Swap(frame.mutable_report());
  const Caller* caller = CallerOf(frame);
  if (caller == nullptr) return;
  ++reports_under_way_;
  auto done = [mailbox = door_.mailbox, id = id_, request_id](auto result) {
    std::string text =
        result ? ReportFrame(request_id, static_cast<const v1::ReportResponse&>(**result))
               : ErrorFrame(request_id, result.error());
    mailbox->Post([id, text = std::move(text)](Service* service) mutable {
      if (LiveSocket* socket = service->FindSocket(id)) socket->OnReportAnswer(std::move(text));
    });
  };
  door_.dispatcher.Call(kReport, *caller, std::move(request), std::move(done));
}

void LiveSocket::OnReportAnswer(std::string frame) {
  --reports_under_way_;
  if (closing_ == Closing::kNo || leaving()) Reply(std::move(frame));
}

void LiveSocket::Watch(const v1::ClientFrame& frame) {
  const Caller* caller = CallerOf(frame);
  if (caller == nullptr) return;
  watch_.Cancel();
  progress_ = std::make_shared<Progress>();
  auto next = [mailbox = door_.mailbox, id = id_, progress = progress_,
               request_id = frame.request_id()](auto result) {
    std::string text =
        result ? ProgressFrame(request_id, **result) : ErrorFrame(request_id, result.error());
    {
      const MutexLock lock(progress->mu);
      const bool waiting = !progress->latest.empty();
      progress->latest = std::move(text);
      if (waiting) return;  // it has been woken for the one before
    }
    mailbox->Wake(id);
  };
  watch_ = door_.live.WatchProgress(*caller, frame.watch_progress(), std::move(next));
}

}  // namespace wardcast
