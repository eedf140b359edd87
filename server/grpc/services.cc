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

class AlertServiceDoor final : public v1::AlertService::CallbackService {
 public:
  AlertServiceDoor(Dispatcher& dispatcher, Live& live) : dispatcher_(dispatcher), live_(live) {}

  WARDCAST_UNARY(AlertService, PreviewAudience)
  WARDCAST_UNARY(AlertService, PublishAlert)
  WARDCAST_UNARY(AlertService, UpdateAlert)
  WARDCAST_UNARY(AlertService, PostponeAlert)
  WARDCAST_UNARY(AlertService, ApproveAlert)
  WARDCAST_UNARY(AlertService, RejectAlert)
  WARDCAST_UNARY(AlertService, EndAlert)
  WARDCAST_UNARY(AlertService, RecallAlert)
  WARDCAST_UNARY(AlertService, AcknowledgeAlert)
  WARDCAST_UNARY(AlertService, GetAlert)
  WARDCAST_UNARY(AlertService, ListAlerts)
  WARDCAST_UNARY(AlertService, GetProgress)
  WARDCAST_UNARY(AlertService, GetTimeline)
  WARDCAST_UNARY(AlertService, ListUnreached)

  grpc::ServerWriteReactor<v1::WatchProgressResponse>* WatchProgress(
      grpc::CallbackServerContext* context, const v1::WatchProgressRequest* request) override {
    return ProgressStream::Start(live_, context, *request);
  }

 private:
  Dispatcher& dispatcher_;
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

class DirectoryServiceDoor final : public v1::DirectoryService::CallbackService {
 public:
  explicit DirectoryServiceDoor(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  WARDCAST_UNARY(DirectoryService, ListSites)
  WARDCAST_UNARY(DirectoryService, ListBuildings)
  WARDCAST_UNARY(DirectoryService, ListWards)
  WARDCAST_UNARY(DirectoryService, ListEndpoints)
  WARDCAST_UNARY(DirectoryService, ListPeople)
  WARDCAST_UNARY(DirectoryService, ImportDirectory)
  WARDCAST_UNARY(DirectoryService, UpsertDirectory)
  WARDCAST_UNARY(DirectoryService, RemoveFromDirectory)
  WARDCAST_UNARY(DirectoryService, ExportDirectory)

 private:
  Dispatcher& dispatcher_;
};

class CatalogueServiceDoor final : public v1::CatalogueService::CallbackService {
 public:
  explicit CatalogueServiceDoor(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  WARDCAST_UNARY(CatalogueService, ListTeams)
  WARDCAST_UNARY(CatalogueService, ListServices)
  WARDCAST_UNARY(CatalogueService, ListTemplates)
  WARDCAST_UNARY(CatalogueService, ListProcedures)
  WARDCAST_UNARY(CatalogueService, ProposeImpact)
  WARDCAST_UNARY(CatalogueService, UpsertCatalogue)
  WARDCAST_UNARY(CatalogueService, RemoveFromCatalogue)
  WARDCAST_UNARY(CatalogueService, GetServiceStatus)

 private:
  Dispatcher& dispatcher_;
};

class SystemServiceDoor final : public v1::SystemService::CallbackService {
 public:
  explicit SystemServiceDoor(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  WARDCAST_UNARY(SystemService, GetHealth)
  WARDCAST_UNARY(SystemService, GetVersion)

 private:
  Dispatcher& dispatcher_;
};

#undef WARDCAST_UNARY
#undef WARDCAST_STATION

// The same for services that the administrator's socket serves as well.
#define WARDCAST_UNARY(service, method)                                                    \
  grpc::ServerUnaryReactor* method(grpc::CallbackServerContext* context,                   \
                                   const v1::method##Request* request,                     \
                                   v1::method##Response* response) override {              \
    return ServeUnary(dispatcher_, "wardcast.v1." #service "/" #method, context, *request, \
                      response, origin_);                                                  \
  }

class AccessServiceDoor final : public v1::AccessService::CallbackService {
 public:
  AccessServiceDoor(Dispatcher& dispatcher, Origin origin)
      : dispatcher_(dispatcher), origin_(origin) {}

  WARDCAST_UNARY(AccessService, WhoAmI)
  WARDCAST_UNARY(AccessService, SignIn)
  WARDCAST_UNARY(AccessService, SignOut)
  WARDCAST_UNARY(AccessService, SetPassword)
  WARDCAST_UNARY(AccessService, BeginTotp)
  WARDCAST_UNARY(AccessService, Confirm)
  WARDCAST_UNARY(AccessService, ConfirmTotp)
  WARDCAST_UNARY(AccessService, ListRoleSets)
  WARDCAST_UNARY(AccessService, ListAccounts)
  WARDCAST_UNARY(AccessService, UpsertAccount)
  WARDCAST_UNARY(AccessService, RemoveAccount)
  WARDCAST_UNARY(AccessService, MakePasswordLink)
  WARDCAST_UNARY(AccessService, ListSessions)
  WARDCAST_UNARY(AccessService, EndSession)
  WARDCAST_UNARY(AccessService, ListTokens)
  WARDCAST_UNARY(AccessService, CreateToken)
  WARDCAST_UNARY(AccessService, RevokeToken)

 private:
  Dispatcher& dispatcher_;
  const Origin origin_;
};

class AuditServiceDoor final : public v1::AuditService::CallbackService {
 public:
  AuditServiceDoor(Dispatcher& dispatcher, Origin origin)
      : dispatcher_(dispatcher), origin_(origin) {}

  WARDCAST_UNARY(AuditService, ListEvents)

 private:
  Dispatcher& dispatcher_;
  const Origin origin_;
};

#undef WARDCAST_UNARY

#define WARDCAST_ADMIN(method)                                                             \
  grpc::ServerUnaryReactor* method(grpc::CallbackServerContext* context,                   \
                                   const v1::method##Request* request,                     \
                                   v1::method##Response* response) override {              \
    return ServeUnary(dispatcher_, "wardcast.v1.AdminService/" #method, context, *request, \
                      response, Origin::kAdminSocket);                                     \
  }

class AdminServiceDoor final : public v1::AdminService::CallbackService {
 public:
  explicit AdminServiceDoor(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  WARDCAST_ADMIN(Backup)
  WARDCAST_ADMIN(CreateEnrollToken)
  WARDCAST_ADMIN(ListEnrollTokens)
  WARDCAST_ADMIN(RevokeEnrollToken)
  WARDCAST_ADMIN(ListCertificates)
  WARDCAST_ADMIN(RevokeCertificate)
  WARDCAST_ADMIN(CheckDirectory)
  WARDCAST_ADMIN(ExportIdentity)

 private:
  Dispatcher& dispatcher_;
};

#undef WARDCAST_ADMIN

}  // namespace

std::vector<std::unique_ptr<grpc::Service>> MakeServices(Dispatcher& dispatcher, Live& live,
                                                         GrpcCounters& counters,
                                                         std::chrono::milliseconds slow_after,
                                                         StationCheck stations) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<AlertServiceDoor>(dispatcher, live));
  services.push_back(
      std::make_unique<EndpointServiceDoor>(dispatcher, live, counters, slow_after, stations));
  services.push_back(std::make_unique<DirectoryServiceDoor>(dispatcher));
  services.push_back(std::make_unique<CatalogueServiceDoor>(dispatcher));
  services.push_back(std::make_unique<AccessServiceDoor>(dispatcher, Origin::kNetwork));
  services.push_back(std::make_unique<AuditServiceDoor>(dispatcher, Origin::kNetwork));
  services.push_back(std::make_unique<SystemServiceDoor>(dispatcher));
  return services;
}

std::vector<std::unique_ptr<grpc::Service>> MakeAdminServices(Dispatcher& dispatcher) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<AdminServiceDoor>(dispatcher));
  services.push_back(std::make_unique<AccessServiceDoor>(dispatcher, Origin::kAdminSocket));
  services.push_back(std::make_unique<AuditServiceDoor>(dispatcher, Origin::kAdminSocket));
  return services;
}

}  // namespace wardcast
