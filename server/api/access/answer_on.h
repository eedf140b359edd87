// Work for threads of its own kind, with one answer.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "base/result.h"
#include "server/api/work_queue.h"

namespace wardcast {

// Runs `work` on `queue` and answers once, also if the queue is full or stops.
template <class Response, class Work>
void AnswerOn(WorkQueue& queue, std::function<void(Result<Response>)> done, Work work) {
  auto answer = std::make_shared<std::function<void(Result<Response>)>>(std::move(done));
  auto run = [answer, work = std::move(work)]() mutable { (*answer)(work()); };
  auto dropped = [answer](Error error) { (*answer)(std::unexpected(std::move(error))); };
  if (auto offered = queue.Offer(std::move(run), std::move(dropped)); !offered)
    (*answer)(std::unexpected(offered.error()));
}

}  // namespace wardcast
