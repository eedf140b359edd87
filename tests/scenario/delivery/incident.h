// A house with one broker that can be restarted, and a bus that can be deaf.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "tests/house/broker_part.h"
#include "tests/house/house.h"
#include "tests/house/reporting_pc.h"

namespace wardcast::testing {

class DeliveryIncident : public ::testing::Test {
 protected:
  void Start(std::chrono::milliseconds ask_every = std::chrono::seconds(60)) {
    auto bus = std::make_unique<LossyBus>();
    bus_ = bus.get();
    broker_ = std::make_unique<BrokerPart>(house_, std::move(bus), ask_every);
  }
  // Nothing in memory is left.
  void Restart() {
    broker_.reset();
    house_.Reopen();
    Start();
  }
  // The broker has applied what was committed.
  bool Applies(const v1::Alert& alert) {
    return Becomes([&] { return broker_->hub.applied() >= alert.version(); });
  }

  House house_;
  LossyBus* bus_ = nullptr;
  std::unique_ptr<BrokerPart> broker_;
};

// Answers of an alert that the store holds with this note.
inline int AnswersWith(Store& store, const std::string& alert_id, const std::string& note) {
  int count = 0;
  const auto answers = store.LoadAnswers(alert_id).value();
  for (const v1::WardAnswer& answer : answers) count += answer.note() == note ? 1 : 0;
  return count;
}

}  // namespace wardcast::testing
