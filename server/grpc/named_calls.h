// Unary calls whose method is looked up here by its name. gRPC copies the table of the methods that
// it knows itself for every connection, 160 bytes each: it knows those of the endpoints, and of any
// other service one.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/generic/async_generic_service.h>

#include <map>
#include <string>
#include <vector>

#include "server/api/dispatcher.h"
#include "server/grpc/unary.h"

namespace wardcast {

// Threads: gRPC's, any.
class NamedCalls final : public grpc::CallbackGenericService {
 public:
  // Serves the unary methods of these services of wardcast.v1 ("AlertService"); anything else that
  // gRPC does not know is UNIMPLEMENTED. The dispatcher must outlive this object.
  NamedCalls(Dispatcher& dispatcher, const std::vector<std::string>& services, Origin origin);

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  Dispatcher& dispatcher_;
  const Origin origin_;
  // "/wardcast.v1.AlertService/GetAlert" → its empty request.
  std::map<std::string, const google::protobuf::Message*> requests_;
};

// Leaves all methods of a generated service but `known` to NamedCalls. One has to stay: reflection
// tells of no service without.
template <class Service>
class MostlyNamed : public Service {
 protected:
  MostlyNamed(const google::protobuf::ServiceDescriptor& service, const std::string& known) {
    for (int i = 0; i < service.method_count(); ++i) {
      if (service.method(i)->name() != known) this->MarkMethodGeneric(i);
    }
  }
};

// "AlertService" of wardcast.v1, which must exist.
const google::protobuf::ServiceDescriptor& ServiceNamed(const std::string& name);

}  // namespace wardcast
