# Language, warnings, sanitizers, ccache: the same for every target of ours.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
# Smaller objects link and cache faster; back traces still have names and lines.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

set(WARDCAST_SANITIZE "" CACHE STRING "Sanitizers for all targets, for example address,undefined")
option(WARDCAST_FUZZ "Build the fuzz targets with libFuzzer" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_package(Threads REQUIRED)

# What our own code is compiled with; generated code gets `wardcast_options` without the warnings.
add_library(wardcast_options INTERFACE)
target_link_libraries(wardcast_options INTERFACE Threads::Threads)
if(WARDCAST_SANITIZE)
  # No vptr check: libsoci_postgresql hides the type information that it would need.
  target_compile_options(wardcast_options INTERFACE
    -fsanitize=${WARDCAST_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(wardcast_options INTERFACE -fsanitize=${WARDCAST_SANITIZE})
endif()
if(WARDCAST_FUZZ)
  target_compile_options(wardcast_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(wardcast_warnings INTERFACE)
target_compile_options(wardcast_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wswitch -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(wardcast_warnings INTERFACE -Wthread-safety)
endif()
