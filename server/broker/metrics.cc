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

// Adds families of one metric each.
class Sheet {
 public:
  void Gauge(std::string name, std::string help, double value) {
    One(std::move(name), std::move(help), MetricType::Gauge, value);
  }
  void Counter(std::string name, std::string help, double value) {
    One(std::move(name), std::move(help), MetricType::Counter, value);
  }
  void Put(MetricFamily family) { families_.push_back(std::move(family)); }
  std::string Text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  void One(std::string name, std::string help, MetricType type, double value) {
    families_.push_back(Family(std::move(name), std::move(help), type));
    Add(families_.back(), value);
  }

  std::vector<MetricFamily> families_;
};

void AddHub(Sheet& sheet, const HubCounts& hub) {
  sheet.Gauge("sessions", "Open subscriptions", static_cast<double>(hub.sessions));
  sheet.Gauge("watcher_sessions", "Open subscriptions of watchers (console, command line)",
              static_cast<double>(hub.watchers));
  sheet.Gauge("busy_sessions", "Subscriptions whose message is being written",
              static_cast<double>(hub.busy));
  sheet.Gauge("open_alerts", "Alerts that are not closed",
              static_cast<double>(hub.open + hub.scheduled + hub.drafts));
  sheet.Gauge("alerts_on_wards", "Alerts that are on the wards now", static_cast<double>(hub.open));
  sheet.Gauge("scheduled_alerts", "Alerts that wait for their time",
              static_cast<double>(hub.scheduled));
  sheet.Gauge("draft_alerts", "Alerts that are written, or wait for approval",
              static_cast<double>(hub.drafts));
  sheet.Gauge("closing_versions_kept", "Closed alerts kept for those who were off",
              static_cast<double>(hub.closed));
  sheet.Gauge("duplicate_endpoints", "Endpoint ids that more than one machine uses",
              static_cast<double>(hub.duplicates));
}

void AddFeed(Sheet& sheet, const FeedCounts& feed) {
  sheet.Gauge("log_sequence", "Log sequence that this broker has applied",
              static_cast<double>(feed.applied));
  sheet.Gauge("log_lag", "Log entries that this broker has heard of and not applied yet",
              static_cast<double>(feed.heard - feed.applied));
  sheet.Gauge("journal_version", "Group commit of receipts and answers that was applied",
              static_cast<double>(feed.journal));
  sheet.Gauge("feed_silence_seconds", "Time since the store last answered the feed",
              static_cast<double>(feed.since_read.count()) / 1000);
  sheet.Counter("new_lives_total", "Times that this broker found another history in the store",
                static_cast<double>(feed.new_lives));
}

void AddDoors(Sheet& sheet, const GrpcCounts& grpc, const HttpCounts& http) {
  MetricFamily sessions =
      Family("door_sessions", "Open subscriptions and WebSockets by door", MetricType::Gauge);
  Add(sessions, static_cast<double>(grpc.streams), {{"door", "grpc"}});
  Add(sessions, static_cast<double>(http.sockets), {{"door", "http"}});
  sheet.Put(std::move(sessions));
  MetricFamily slow = Family("slow_closes_total", "Connections closed because they took nothing",
                             MetricType::Counter);
  Add(slow, static_cast<double>(grpc.too_slow), {{"door", "grpc"}});
  Add(slow, static_cast<double>(http.too_slow), {{"door", "http"}});
  sheet.Put(std::move(slow));
  sheet.Counter("grpc_subscriptions_total", "Subscriptions that were opened over gRPC",
                static_cast<double>(grpc.accepted));
  sheet.Counter("grpc_subscriptions_refused_total", "Subscriptions that were refused over gRPC",
                static_cast<double>(grpc.refused_streams));
  sheet.Gauge("http_connections", "Open HTTP connections, WebSockets included",
              static_cast<double>(http.connections));
  sheet.Counter("http_requests_total", "HTTP requests", static_cast<double>(http.requests));
  sheet.Counter("http_refused_connections_total",
                "HTTP connections refused because there were too many",
                static_cast<double>(http.refused_connections));
}

void AddClock(Sheet& sheet, const StepRunnerCounts& clock) {
  sheet.Counter("clock_steps_total", "Steps that the clock made due and this broker applied",
                static_cast<double>(clock.taken));
  sheet.Counter("clock_steps_missed_total", "Steps whose moment was over for more than 10 minutes",
                static_cast<double>(clock.missed));
  sheet.Counter("clock_breaks_total", "Jumps of a clock, and times in which nothing ran",
                static_cast<double>(clock.breaks));
}

}  // namespace

std::string Metrics::Render() const {
  Sheet sheet;
  AddHub(sheet, from_.hub.Counts());
  AddFeed(sheet, from_.feed.Counts());
  AddClock(sheet, from_.steps.Counts());
  AddDoors(sheet, from_.grpc(), from_.http());
  sheet.Gauge("work_queue_depth", "Calls that wait for a work thread",
              static_cast<double>(from_.work.depth()));
  sheet.Gauge("progress_watchers", "Callers that are told how far an alert has come",
              static_cast<double>(from_.live.watcher_count()));
  sheet.Gauge("journal_queue_rows", "Receipts and answers that wait for the next commit",
              static_cast<double>(from_.journal.QueuedRows()));

  MetricFamily parts = Family("part_ok", "1 if the part works", MetricType::Gauge);
  for (const PartState& state : from_.health.Parts())
    Add(parts, state.ok ? 1 : 0, {{"part", state.part}});
  sheet.Put(std::move(parts));

  MetricFamily calls = Family("calls_total", "Unary calls answered", MetricType::Counter);
  for (const MethodUse& use : from_.methods.Uses()) {
    Add(calls, static_cast<double>(use.ok), {{"method", use.method}, {"result", "ok"}});
    Add(calls, static_cast<double>(use.failed), {{"method", use.method}, {"result", "error"}});
  }
  sheet.Put(std::move(calls));

  MetricFamily build = Family("build_info", "1, with the version as label", MetricType::Gauge);
  Add(build, 1, {{"version", from_.version}});
  sheet.Put(std::move(build));
  return sheet.Text();
}

}  // namespace wardcast
