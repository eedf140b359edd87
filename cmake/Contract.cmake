# Generates C++ (messages and gRPC services) from proto/wardcast/v1. Generated code is never committed.
find_package(Protobuf REQUIRED)
find_package(PkgConfig REQUIRED)
find_program(PROTOC protoc REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
# Not by pkg-config: it walks all of abseil again for each of its questions, which takes a minute.
find_path(GRPCPP_INCLUDE_DIR grpcpp/grpcpp.h REQUIRED)
find_library(GRPCPP_LIBRARY grpc++ REQUIRED)
find_library(GRPC_LIBRARY grpc REQUIRED)
find_library(GPR_LIBRARY gpr REQUIRED)
find_library(ABSL_SYNCHRONIZATION_LIBRARY absl_synchronization REQUIRED)
add_library(wardcast_grpcpp INTERFACE)
target_include_directories(wardcast_grpcpp SYSTEM INTERFACE ${GRPCPP_INCLUDE_DIR})
target_link_libraries(wardcast_grpcpp INTERFACE
  ${GRPCPP_LIBRARY} ${GRPC_LIBRARY} ${GPR_LIBRARY} ${ABSL_SYNCHRONIZATION_LIBRARY})
set(WARDCAST_GEN ${CMAKE_BINARY_DIR}/gen)

# wardcast_contract(): `wardcast_messages` (messages, no gRPC) and `wardcast_services` (gRPC stubs and services).
function(wardcast_contract)
  file(GLOB protos CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/wardcast/v1/*.proto)
  file(MAKE_DIRECTORY ${WARDCAST_GEN})
  foreach(proto ${protos})
    file(RELATIVE_PATH relative ${CMAKE_CURRENT_SOURCE_DIR} ${proto})
    string(REGEX REPLACE "\\.proto$" "" stem ${relative})
    set(outputs ${WARDCAST_GEN}/${stem}.pb.cc ${WARDCAST_GEN}/${stem}.pb.h)
    set(command ${PROTOC} -I${CMAKE_CURRENT_SOURCE_DIR} --cpp_out=${WARDCAST_GEN} ${relative})
    list(APPEND messages ${WARDCAST_GEN}/${stem}.pb.cc)
    if(stem MATCHES "_service$")
      list(APPEND outputs ${WARDCAST_GEN}/${stem}.grpc.pb.cc ${WARDCAST_GEN}/${stem}.grpc.pb.h)
      list(APPEND services ${WARDCAST_GEN}/${stem}.grpc.pb.cc)
      list(APPEND command --grpc_out=${WARDCAST_GEN} --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN})
    endif()
    add_custom_command(OUTPUT ${outputs} COMMAND ${command} DEPENDS ${protos}
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} VERBATIM)
    list(APPEND generated ${outputs})
  endforeach()
  # What clang-tidy needs to read our sources without compiling anything.
  add_custom_target(wardcast_contract_sources DEPENDS ${generated})

  add_library(wardcast_messages STATIC ${messages})
  set_target_properties(wardcast_messages PROPERTIES UNITY_BUILD OFF)  # each file has the same private names
  target_include_directories(wardcast_messages SYSTEM PUBLIC ${WARDCAST_GEN})
  target_link_libraries(wardcast_messages PUBLIC wardcast_options protobuf::libprotobuf)
  add_library(wardcast_services STATIC ${services})
  target_link_libraries(wardcast_services PUBLIC wardcast_messages wardcast_grpcpp)
endfunction()
