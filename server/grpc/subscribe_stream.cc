#include "server/grpc/subscribe_stream.h"

#include <grpcpp/support/proto_buffer_reader.h>

#include <utility>

#include "server/grpc/call_metadata.h"
#include "server/grpc/status.h"

namespace wardcast {
namespace {

Result<v1::SubscribeRequest> Parse(grpc::ByteBuffer buffer) {
  v1::SubscribeRequest request;
  grpc::ProtoBufferReader reader(&buffer);
  if (!reader.status().ok() || !request.ParseFromZeroCopyStream(&reader)) {
    return Fail(Code::kInvalidArgument, "not a serialised wardcast.v1.SubscribeRequest");
  }
  return request;
}

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* SubscribeStream::Start(
    Live& live, GrpcCounters& counters, DeliveryBuffer& messages,
    std::chrono::milliseconds slow_after, StationCheck stations,
    grpc::CallbackServerContext* context, const grpc::ByteBuffer& request) {
  std::shared_ptr<SubscribeStream> stream(
      new SubscribeStream(counters, messages, slow_after, stations, context));
  stream->self_ = stream;
  auto parsed = Parse(request);
  if (!parsed) {
    ++counters.refused;
    stream->FinishOnce(ToStatus(parsed.error()));
    return stream.get();
  }
  stream->caller_ = CallerOf(*context);
  const Caller& caller = stream->caller_;
  if (auto checked = stations.AsReader(caller, parsed->endpoint().id()); !checked) {
    ++counters.refused;
    stream->FinishOnce(ToStatus(checked.error(), *context));
    return stream.get();
  }
  // Looked at before: if the credential ends while the session opens, it is not known any more.
  SignedInPtr signed_in = live.Look(caller);
  auto session = live.Subscribe(caller, *parsed, [weak = std::weak_ptr(stream)] {
    if (const auto alive = weak.lock()) alive->Wake();
  });
  if (!session) {
    ++counters.refused;
    stream->FinishOnce(ToStatus(session.error(), *context));
    return stream.get();
  }
  ++counters.accepted;
  ++counters.streams;
  {
    const MutexLock lock(stream->mu_);
    stream->session_ = std::move(*session);
    stream->signed_in_ = std::move(signed_in);
    stream->due_ = true;
  }
  stream->Pump();
  return stream.get();
}

// Before anything is due: what is written to a revoked endpoint cannot be taken back.
bool SubscribeStream::FinishIfRevoked() {
  if (stations_.MayStay(caller_)) return false;
  bool idle = false;
  {
    const MutexLock lock(mu_);
    cancelled_ = true;
    idle = !writing_;
  }
  const grpc::Status status(grpc::StatusCode::PERMISSION_DENIED,
                            "the key of this endpoint was revoked");
  if (idle) FinishOnce(status);
  return true;
}

void SubscribeStream::Wake() {
  if (FinishIfRevoked()) return;
  bool too_slow = false;
  bool over = false;  // whoever called has signed out; at the latest with the next heartbeat
  {
    const MutexLock lock(mu_);
    due_ = true;
    // The hub wakes a session that takes nothing after as long; its clock is another one.
    constexpr std::chrono::milliseconds kClocksDiffer{500};
    too_slow = writing_ && !finished_ && !cancelled_ &&
               std::chrono::steady_clock::now() - write_began_ > slow_after_ - kClocksDiffer;
    if (too_slow) cancelled_ = true;
    over = !too_slow && !writing_ && !finished_ && !cancelled_ && signed_in_ &&
           signed_in_->over(SystemClock().Now());
    if (over) cancelled_ = true;
  }
  if (over) {
    return FinishOnce(
        {grpc::StatusCode::UNAUTHENTICATED, "this credential does not hold any more"});
  }
  if (too_slow) {
    ++counters_.too_slow;
    return context_->TryCancel();  // ends the write; OnWriteDone finishes
  }
  Pump();
}

void SubscribeStream::Pump() {
  for (;;) {
    std::shared_ptr<Session> session;
    {
      const MutexLock lock(mu_);
      if (!due_ || writing_ || finished_ || cancelled_ || !session_) return;
      due_ = false;
      writing_ = true;
      write_began_ = std::chrono::steady_clock::now();
      session = session_;
    }
    std::optional<Delivery> delivery = session->Take();
    if (delivery) {
      in_flight_ = messages_.Of(*delivery);
      {
        const MutexLock lock(mu_);
        last_ = delivery->retry_after.has_value();
      }
      return StartWrite(&in_flight_);
    }
    // Nothing was due after all; a wake that came meanwhile set due_ and left the writing to this
    // loop.
    bool gone = false;
    {
      const MutexLock lock(mu_);
      writing_ = false;
      gone = cancelled_;
    }
    if (gone) return FinishOnce(grpc::Status::CANCELLED);
  }
}

void SubscribeStream::OnWriteDone(bool ok) {
  in_flight_.Clear();
  bool gone = false;
  bool last = false;
  {
    const MutexLock lock(mu_);
    writing_ = false;
    if (!ok) cancelled_ = true;
    gone = cancelled_;
    last = last_;
    // What became due while the write was in flight is collected in the next one.
    due_ = true;
  }
  if (FinishIfRevoked()) return;
  if (gone) return FinishOnce(grpc::Status::CANCELLED);
  if (last)
    return FinishOnce(
        {grpc::StatusCode::UNAVAILABLE, "this broker is restarting; come back after retry_after"});
  Pump();
}

void SubscribeStream::OnCancel() {
  bool idle = false;
  {
    const MutexLock lock(mu_);
    cancelled_ = true;
    idle = !writing_;
  }
  // With a write in flight, OnWriteDone finishes.
  if (idle) FinishOnce(grpc::Status::CANCELLED);
}

void SubscribeStream::FinishOnce(const grpc::Status& status) {
  {
    const MutexLock lock(mu_);
    if (std::exchange(finished_, true)) return;
  }
  Finish(status);
}

void SubscribeStream::OnDone() {
  std::shared_ptr<Session> session;
  {
    const MutexLock lock(mu_);
    session = std::move(session_);
  }
  if (session) {
    session->Close();
    --counters_.streams;
  }
  self_.reset();
}

}  // namespace wardcast
