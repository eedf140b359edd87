#include "tests/scenario/broker_killed/publisher.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/clock.h"
#include "base/ulid.h"
#include "tests/programs/own_channel.h"

namespace wardcast::testing {
namespace {

constexpr std::size_t kMostOpen = 12;  // of those that end
constexpr int kMostKept = 60;          // of those that do not

std::string FirstLine(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

std::string NewId() { return NewUlid(SystemClock().Now()); }

}  // namespace

Publisher::Publisher(const Hospital& hospital, unsigned seed)
    : token_(FirstLine(hospital.folder() / "broker" / "admin.token")),
      stub_(v1::AlertService::NewStub(OwnChannel(hospital.broker()))),
      random_(seed),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void Publisher::Stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Publisher::Run(const std::stop_token& stop) {
  for (int number = 0; !stop.stop_requested(); ++number) {
    const auto pick = [&]() -> std::size_t { return random_() % endable_.size(); };
    if (endable_.size() < 2 || (endable_.size() < kMostOpen && random_() % 2 == 0)) {
      PublishOne(number);
    } else if (random_() % 2 == 0) {
      UpdateOne(endable_[pick()]);
    } else {
      const std::size_t at = pick();
      const std::string id = endable_[at];
      endable_.erase(endable_.begin() + static_cast<std::ptrdiff_t>(at));
      EndOne(id);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(random_() % 20));
  }
}

void Publisher::Prepare(grpc::ClientContext& context) const {
  context.AddMetadata("authorization", "Bearer " + token_);
  context.set_wait_for_ready(true);
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
}

bool Publisher::Insist(const std::function<grpc::Status(grpc::ClientContext&)>& call) {
  for (int attempt = 0; attempt < 600; ++attempt) {
    grpc::ClientContext context;
    Prepare(context);
    const grpc::Status status = call(context);
    if (status.ok()) {
      ++answered_;
      return true;
    }
    switch (status.error_code()) {
      case grpc::StatusCode::UNAVAILABLE:
      case grpc::StatusCode::DEADLINE_EXCEEDED:
      case grpc::StatusCode::CANCELLED:
      case grpc::StatusCode::UNKNOWN:
      case grpc::StatusCode::RESOURCE_EXHAUSTED:
        break;
      default:
        refused_.push_back(status.error_message());
        return false;
    }
    ++repeated_;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  refused_.push_back("no broker for too long");
  return false;
}

void Publisher::PublishOne(int number) {
  v1::PublishAlertRequest request;
  request.set_request_id(NewId());
  v1::Alert& alert = *request.mutable_alert();
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_headline("Notice " + std::to_string(number));
  alert.add_services("lab-results");
  alert.mutable_audience()->set_everyone(true);
  v1::PublishAlertResponse response;
  if (!Insist([&](grpc::ClientContext& context) {
        return stub_->PublishAlert(&context, request, &response);
      })) {
    return;
  }
  const std::string id = response.alert().id();
  accepted_[id] = response.alert();
  if (number % 3 == 0 && kept_ < kMostKept) {
    ++kept_;
  } else {
    endable_.push_back(id);
  }
}

void Publisher::UpdateOne(const std::string& id) {
  v1::UpdateAlertRequest request;
  request.set_request_id(NewId());
  request.set_alert_id(id);
  request.mutable_alert()->set_impact("Impact " + std::to_string(random_() % 1000));
  request.set_re_alert(random_() % 3 == 0 ? v1::ReAlert::YES : v1::ReAlert::NO);
  v1::UpdateAlertResponse response;
  if (Insist([&](grpc::ClientContext& context) {
        return stub_->UpdateAlert(&context, request, &response);
      })) {
    accepted_[id] = response.alert();
  }
}

void Publisher::EndOne(const std::string& id) {
  if (random_() % 4 == 0) {
    v1::RecallAlertRequest request;
    request.set_request_id(NewId());
    request.set_alert_id(id);
    request.set_reason("sent by mistake");
    v1::RecallAlertResponse response;
    if (Insist([&](grpc::ClientContext& context) {
          return stub_->RecallAlert(&context, request, &response);
        })) {
      accepted_[id] = response.alert();
    }
    return;
  }
  v1::EndAlertRequest request;
  request.set_request_id(NewId());
  request.set_alert_id(id);
  request.set_all_clear(true);
  v1::EndAlertResponse response;
  if (Insist([&](grpc::ClientContext& context) {
        return stub_->EndAlert(&context, request, &response);
      })) {
    accepted_[id] = response.alert();
  }
}

std::vector<v1::Alert> Publisher::ListAll() {
  std::vector<v1::Alert> all;
  v1::ListAlertsRequest request;
  request.set_include_closed(true);
  request.set_page_size(100);
  do {
    v1::ListAlertsResponse response;
    grpc::ClientContext context;
    Prepare(context);
    if (auto status = stub_->ListAlerts(&context, request, &response); !status.ok())
      throw std::runtime_error("list: " + status.error_message());
    all.insert(all.end(), response.alerts().begin(), response.alerts().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

std::vector<v1::WardAnswer> Publisher::AnswersTo(const std::string& alert_id) {
  v1::GetTimelineRequest request;
  request.set_alert_id(alert_id);
  v1::GetTimelineResponse response;
  grpc::ClientContext context;
  Prepare(context);
  if (auto status = stub_->GetTimeline(&context, request, &response); !status.ok())
    throw std::runtime_error("timeline: " + status.error_message());
  std::vector<v1::WardAnswer> answers;
  for (const v1::TimelineEntry& entry : response.entries()) {
    if (entry.has_answer()) answers.push_back(entry.answer());
  }
  return answers;
}

}  // namespace wardcast::testing
