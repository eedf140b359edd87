#include "server/http/http_server.h"

#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "server/http/service.h"

namespace wardcast {

HttpServer::HttpServer(HttpConfig config, Dispatcher& dispatcher, Live& live, HttpPages pages)
    : config_(std::move(config)),
      pages_(std::move(pages)),
      service_(std::make_unique<Service>(config_, dispatcher, live, pages_)) {}

HttpServer::~HttpServer() { Stop(); }

Result<int> HttpServer::Start() {
  auto port = service_->Open();
  if (!port) return port;
  thread_ = StartThread("http", [service = service_.get()](std::stop_token) { service->Run(); });
  return port;
}

void HttpServer::ReloadCertificate() {
  if (thread_.joinable()) service_->ReloadCertificate();
}

void HttpServer::Drain(std::chrono::milliseconds retry_after) {
  if (thread_.joinable()) service_->Drain(retry_after);
}

void HttpServer::Stop() {
  if (!thread_.joinable()) return;
  service_->Stop();
  thread_.join();
}

HttpCounts HttpServer::Counts() const { return service_->Counts(); }

}  // namespace wardcast
