#include "server/broker/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <utility>
#include <vector>

namespace wardcast {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

MetricFamily Family(std::string name, std::string help, MetricType type) {
  MetricFamily family;
  family.name = "wardcast_" + std::move(name);
  family.help = std::move(help);
  family.type = type;
  return family;
}

void Add(MetricFamily& family, double value, Labels labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  if (family.type == MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  family.metric.push_back(std::move(metric));
}

}  // namespace

std::string Metrics::Render() const {
  std::vector<MetricFamily> families;
  const auto gauge = [&](std::string name, std::string help, double value) {
    families.push_back(Family(std::move(name), std::move(help), MetricType::Gauge));
    Add(families.back(), value);
  };
  gauge("sessions", "Open subscriptions", static_cast<double>(hub_.session_count()));
  gauge("log_sequence", "Log sequence that this broker has applied",
        static_cast<double>(hub_.applied()));
  gauge("work_queue_depth", "Calls that wait for a work thread",
        static_cast<double>(work_.depth()));
  int open = 0;
  for (const AlertFramePtr& frame : hub_.CurrentAlerts())
    open += frame->alert.state() != v1::State::CLOSED ? 1 : 0;
  gauge("open_alerts", "Alerts that are not closed", open);

  MetricFamily parts = Family("part_ok", "1 if the part works", MetricType::Gauge);
  for (const PartState& state : health_.Parts())
    Add(parts, state.ok ? 1 : 0, {{"part", state.part}});
  families.push_back(std::move(parts));

  MetricFamily calls = Family("calls_total", "Unary calls answered", MetricType::Counter);
  for (const MethodUse& use : methods_.Uses()) {
    Add(calls, static_cast<double>(use.ok), {{"method", use.method}, {"result", "ok"}});
    Add(calls, static_cast<double>(use.failed), {{"method", use.method}, {"result", "error"}});
  }
  families.push_back(std::move(calls));

  MetricFamily build = Family("build_info", "1, with the version as label", MetricType::Gauge);
  Add(build, 1, {{"version", version_}});
  families.push_back(std::move(build));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace wardcast
