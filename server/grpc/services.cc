#include "server/grpc/services.h"

#include "server/grpc/call_metadata.h"
#include "server/grpc/progress_stream.h"
#include "server/grpc/status.h"
#include "server/grpc/subscribe_stream.h"
#include "server/grpc/unary.h"
#include "wardcast/v1/access_service.grpc.pb.h"
#include "wardcast/v1/admin_service.grpc.pb.h"
#include "wardcast/v1/alert_service.grpc.pb.h"
#include "wardcast/v1/audit_service.grpc.pb.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"
#include "wardcast/v1/system_service.grpc.pb.h"

namespace wardcast {
namespace {

// A unary method of the service in hand: override it and pass it on under its full name.
#define WARDCAST_UNARY(service, method)                                                    \
  grpc::ServerUnaryReactor* method(grpc::CallbackServerContext* context,                   \
                                   const v1::method##Request* request,                     \
                                   v1::method##Response* response) override {              \
    return ServeUnary(dispatcher_, "wardcast.v1." #service "/" #method, context, *request, \
                      response);                                                           \
  }

// A unary method that an endpoint calls about itself.
#define WARDCAST_STATION(method, check)                                                       \
  grpc::ServerUnaryReactor* method(grpc::CallbackServerContext* context,                      \
                                   const v1::method##Request* request,                        \
                                   v1::method##Response* response) override {                 \
    const auto checked = stations_.check(CallerOf(*context), request->endpoint_id());         \
    if (!checked) return Refuse(context, checked.error());                                    \
    return ServeUnary(dispatcher_, "wardcast.v1.EndpointService/" #method, context, *request, \
                      response);                                                              \
  }

class AlertServiceDoor final
    : public MostlyNamed<
          v1::AlertService::WithCallbackMethod_WatchProgress<v1::AlertService::Service>> {
 public:
  explicit AlertServiceDoor(Live& live)
      : MostlyNamed(ServiceNamed("AlertService"), "WatchProgress"), live_(live) {}

  grpc::ServerWriteReactor<v1::WatchProgressResponse>* WatchProgress(
      grpc::CallbackServerContext* context, const v1::WatchProgressRequest* request) override {
    return ProgressStream::Start(live_, context, *request);
  }

 private:
  Live& live_;
};

// Subscribe is raw: its frames are serialised once for all streams. EnrollBrowser is for HTTP only,
// and unimplemented here.
using RawEndpointService = v1::EndpointService::WithRawCallbackMethod_Subscribe<
    v1::EndpointService::WithCallbackMethod_Report<
        v1::EndpointService::WithCallbackMethod_GetSettings<
            v1::EndpointService::WithCallbackMethod_GetProcedures<
                v1::EndpointService::WithCallbackMethod_Enroll<
                    v1::EndpointService::WithCallbackMethod_Renew<
                        v1::EndpointService::WithCallbackMethod_EnrollBrowser<
                            v1::EndpointService::Service>>>>>>>;

// A call that ends before it has begun.
grpc::ServerUnaryReactor* Refuse(grpc::CallbackServerContext* context, const Error& error) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToStatus(error, *context));
  return reactor;
}

class EndpointServiceDoor final : public RawEndpointService {
 public:
  EndpointServiceDoor(Dispatcher& dispatcher, Live& live, GrpcCounters& counters,
                      std::chrono::milliseconds slow_after, StationCheck stations)
      : dispatcher_(dispatcher),
        live_(live),
        counters_(counters),
        slow_after_(slow_after),
        stations_(stations) {}

  WARDCAST_UNARY(EndpointService, Enroll)
  WARDCAST_UNARY(EndpointService, Renew)
  WARDCAST_STATION(Report, AsEndpoint)
  WARDCAST_STATION(GetSettings, AsReader)
  WARDCAST_STATION(GetProcedures, AsReader)

  grpc::ServerWriteReactor<grpc::ByteBuffer>* Subscribe(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request) override {
    return SubscribeStream::Start(live_, counters_, messages_, slow_after_, stations_, context,
                                  *request);
  }

 private:
  Dispatcher& dispatcher_;
  Live& live_;
  GrpcCounters& counters_;
  DeliveryBuffer messages_;
  const std::chrono::milliseconds slow_after_;
  const StationCheck stations_;
};

#undef WARDCAST_UNARY
#undef WARDCAST_STATION

// A service of which gRPC itself knows one unary method.
#define WARDCAST_DOOR(service, method)                                                       \
  class service##Door final                                                                  \
      : public MostlyNamed<v1::service::WithCallbackMethod_##method<v1::service::Service>> { \
   public:                                                                                   \
    service##Door(Dispatcher& dispatcher, Origin origin)                                     \
        : MostlyNamed(ServiceNamed(#service), #method),                                      \
          dispatcher_(dispatcher),                                                           \
          origin_(origin) {}                                                                 \
                                                                                             \
    grpc::ServerUnaryReactor* method(grpc::CallbackServerContext* context,                   \
                                     const v1::method##Request* request,                     \
                                     v1::method##Response* response) override {              \
      return ServeUnary(dispatcher_, "wardcast.v1." #service "/" #method, context, *request, \
                        response, origin_);                                                  \
    }                                                                                        \
                                                                                             \
   private:                                                                                  \
    Dispatcher& dispatcher_;                                                                 \
    const Origin origin_;                                                                    \
  };

WARDCAST_DOOR(DirectoryService, ListSites)
WARDCAST_DOOR(CatalogueService, ListTeams)
WARDCAST_DOOR(AccessService, WhoAmI)
WARDCAST_DOOR(AuditService, ListEvents)
WARDCAST_DOOR(SystemService, GetHealth)
WARDCAST_DOOR(AdminService, Backup)

#undef WARDCAST_DOOR

}  // namespace

std::vector<std::unique_ptr<grpc::Service>> MakeServices(Dispatcher& dispatcher, Live& live,
                                                         GrpcCounters& counters,
                                                         std::chrono::milliseconds slow_after,
                                                         StationCheck stations) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<AlertServiceDoor>(live));
  services.push_back(
      std::make_unique<EndpointServiceDoor>(dispatcher, live, counters, slow_after, stations));
  services.push_back(std::make_unique<DirectoryServiceDoor>(dispatcher, Origin::kNetwork));
  services.push_back(std::make_unique<CatalogueServiceDoor>(dispatcher, Origin::kNetwork));
  services.push_back(std::make_unique<AccessServiceDoor>(dispatcher, Origin::kNetwork));
  services.push_back(std::make_unique<AuditServiceDoor>(dispatcher, Origin::kNetwork));
  services.push_back(std::make_unique<SystemServiceDoor>(dispatcher, Origin::kNetwork));
  return services;
}

std::vector<std::unique_ptr<grpc::Service>> MakeAdminServices(Dispatcher& dispatcher) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<AdminServiceDoor>(dispatcher, Origin::kAdminSocket));
  services.push_back(std::make_unique<AccessServiceDoor>(dispatcher, Origin::kAdminSocket));
  services.push_back(std::make_unique<AuditServiceDoor>(dispatcher, Origin::kAdminSocket));
  return services;
}

std::unique_ptr<NamedCalls> MakeNamedCalls(Dispatcher& dispatcher) {
  return std::make_unique<NamedCalls>(
      dispatcher,
      std::vector<std::string>{"AlertService", "DirectoryService", "CatalogueService",
                               "AccessService", "AuditService", "SystemService"},
      Origin::kNetwork);
}

std::unique_ptr<NamedCalls> MakeAdminNamedCalls(Dispatcher& dispatcher) {
  return std::make_unique<NamedCalls>(
      dispatcher, std::vector<std::string>{"AdminService", "AccessService", "AuditService"},
      Origin::kAdminSocket);
}

}  // namespace wardcast
