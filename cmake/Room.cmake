# A room is a folder of source files that becomes one library, `wardcast_<name>`.
# wardcast_room(<name> [DEPS <target>...]): every *.cc of the current folder but main.cc.
function(wardcast_room name)
  cmake_parse_arguments(ROOM "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(sources)
    add_library(wardcast_${name} STATIC ${sources})
    target_include_directories(wardcast_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(wardcast_${name} PUBLIC wardcast_options ${ROOM_DEPS} PRIVATE wardcast_warnings)
  else()
    add_library(wardcast_${name} INTERFACE)
    target_include_directories(wardcast_${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(wardcast_${name} INTERFACE wardcast_options ${ROOM_DEPS})
  endif()
endfunction()

# wardcast_program(<name> <source> [DEPS <target>...]): a program in build/<preset>/bin.
function(wardcast_program name source)
  cmake_parse_arguments(PROGRAM "" "" "DEPS" ${ARGN})
  add_executable(${name} ${source})
  target_compile_definitions(${name} PRIVATE WARDCAST_VERSION="${PROJECT_VERSION}")
  target_link_libraries(${name} PRIVATE ${PROGRAM_DEPS} wardcast_options wardcast_warnings)
endfunction()

# wardcast_test(<name> [DEPS <target>...]): every *_test.cc of the current folder as one GoogleTest program.
function(wardcast_test name)
  cmake_parse_arguments(TEST "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  foreach(dep ${TEST_DEPS})
    # The agent's tests belong to a build that has the agent.
    if(dep MATCHES "^wardcast_" AND NOT TARGET ${dep})
      return()
    endif()
  endforeach()
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE
    ${TEST_DEPS} GTest::gmock_main GTest::gtest wardcast_options wardcast_warnings)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
