// Random lives of a hospital against a model: publishing, updating, ending, recalling, repeating
// calls, connecting, dawdling, reporting, losing answers, moving, restarting.
//
//   WARDCAST_MODEL_SEED=N     only this life
//   WARDCAST_MODEL_STEPS=N    only its first N steps (default 150)
//   WARDCAST_MODEL_LIVES=N    so many lives (default: as many as fit into four seconds, at least 4)
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>

#include "tests/scenario/model/world.h"

namespace wardcast::testing {
namespace {

using std::chrono::seconds;
using Steady = std::chrono::steady_clock;

std::optional<unsigned> Environment(const char* name) {
  const char* value = std::getenv(name);
  if (!value) return std::nullopt;
  return static_cast<unsigned>(std::strtoul(value, nullptr, 10));
}

struct Life {
  std::string trouble;
  unsigned steps = 0;  // until the trouble was noticed
  std::string story;
};

Life Live(unsigned seed, unsigned steps) {
  World world(seed);
  Life life;
  while (life.steps < steps) {
    ++life.steps;
    if (!world.Step()) break;
  }
  world.Settle();
  life.trouble = world.trouble();
  for (const std::string& line : world.story()) life.story += "  " + line + "\n";
  return life;
}

// The fewest steps that still end in trouble: halved while that is so, then one less at a time.
Life Shrink(unsigned seed, Life life) {
  const auto deadline = Steady::now() + seconds(60);
  for (bool halving = true; life.steps > 1 && Steady::now() < deadline;) {
    Life shorter = Live(seed, halving ? life.steps / 2 : life.steps - 1);
    if (!shorter.trouble.empty()) {
      life = std::move(shorter);
    } else if (halving) {
      halving = false;
    } else {
      break;
    }
  }
  return life;
}

TEST(Model, WhateverHappensEverybodyHoldsWhatTheRulesSay) {
  const auto only = Environment("WARDCAST_MODEL_SEED");
  const unsigned steps = Environment("WARDCAST_MODEL_STEPS").value_or(150);
  const auto lives = Environment("WARDCAST_MODEL_LIVES");
  const unsigned first = only.value_or(std::random_device()());
  const auto deadline = Steady::now() + seconds(4);
  unsigned lived = 0;
  const auto again = [&] {
    if (only) return lived < 1;
    if (lives) return lived < *lives;
    return lived < 4 || Steady::now() < deadline;
  };
  for (; again(); ++lived) {
    const unsigned seed = first + lived;
    const Life life = Live(seed, steps);
    if (life.trouble.empty()) continue;
    const Life shortest = Shrink(seed, life);
    FAIL() << life.trouble << "\nin its shortest form: " << shortest.trouble << "\n"
           << shortest.story << "replay with WARDCAST_MODEL_SEED=" << seed
           << " WARDCAST_MODEL_STEPS=" << shortest.steps;
  }
  fmt::print("{} lives of {} steps, seeds {} to {}\n", lived, steps, first, first + lived - 1);
}

}  // namespace
}  // namespace wardcast::testing
