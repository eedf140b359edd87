#include <utility>

#include "tests/bench/load/endpoint.h"

namespace wardcast::bench {
namespace {

class BareReceiver final : public Endpoint, Wire {
 public:
  BareReceiver(const Place& place, int number, Loop& loop, ByteTally& tally)
      : place_(place), number_(number), tally_(tally), connection_(loop, *this, nullptr) {
    out() = "S";  // subscribes
  }

  const std::string& problem() const override { return connection_.problem(); }
  std::uint64_t received() const override { return connection_.received(); }
  Result<void> Open() override { return connection_.Open(place_.address, number_); }

 private:
  bool Receive(std::string_view bytes) override {
    if (!std::exchange(synced_, true)) bytes.remove_prefix(1);  // the greeting
    if (std::exchange(round_, tally_.round()) != tally_.round()) got_ = 0;
    const std::uint64_t before = got_;
    got_ += bytes.size();
    tally_.Add(before, got_);
    return true;
  }

  const Place& place_;
  const int number_;
  ByteTally& tally_;
  Connection connection_;
  int round_ = 0;
  std::uint64_t got_ = 0;  // in this round
};

}  // namespace

std::unique_ptr<Endpoint> MakeBareReceiver(const Place& place, int number, Loop& loop,
                                           ByteTally& tally) {
  return std::make_unique<BareReceiver>(place, number, loop, tally);
}

}  // namespace wardcast::bench
