#include "tests/bench/load/endpoint.h"
#include "tests/bench/load/wire/websocket_client.h"

namespace wardcast::bench {
namespace {

class Browser final : public Endpoint, SocketEvents {
 public:
  Browser(const Place& place, int number, Loop& loop, Tally& tally)
      : place_(place),
        number_(number),
        tally_(tally),
        client_(place.host, *this),
        connection_(loop, client_, place.tls.get()) {}

  const std::string& problem() const override {
    return problem_.empty() ? connection_.problem() : problem_;
  }
  std::uint64_t received() const override { return connection_.received(); }
  Result<void> Open() override { return connection_.Open(place_.address, number_); }

 private:
  void OnOpen() override {
    client_.Send(R"({"subscribe":{"endpoint":{"id":")" + EndpointId(number_) +
                 R"(","agentVersion":"bench"}}})");
  }

  void OnText(std::string_view text) override {
    static thread_local Arrival arrival;  // shared by all: it keeps its memory
    if (!ReadJsonArrival(text, arrival)) problem_ = std::string(text.substr(0, 200));
    if (arrival.goodbye) problem_ = "the broker says goodbye";
    synced_ = synced_ || arrival.synced;
    tally_.Add(number_, arrival);
  }

  const Place& place_;
  const int number_;
  Tally& tally_;
  WebSocketClient client_;
  Connection connection_;
  std::string problem_;
};

}  // namespace

std::unique_ptr<Endpoint> MakeBrowser(const Place& place, int number, Loop& loop, Tally& tally) {
  return std::make_unique<Browser>(place, number, loop, tally);
}

}  // namespace wardcast::bench
