# affiant_of_this_system(sources): takes out of the list what another system's name ends: name_posix.cc, name_linux.cc, name_windows.cc, and
# name_posix_test.cc and so on.
function(affiant_of_this_system list)
  set(kept ${${list}})
  if(WIN32)
    list(FILTER kept EXCLUDE REGEX "_(posix|linux)(_test)?[.]cc$")
  else()
    list(FILTER kept EXCLUDE REGEX "_windows(_test)?[.]cc$")
  endif()
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
    list(FILTER kept EXCLUDE REGEX "_linux(_test)?[.]cc$")
  endif()
  set(${list} ${kept} PARENT_SCOPE)
endfunction()

# affiant_layer(evidence PUBLIC affiant_base PRIVATE OpenSSL::Crypto): the library of host/evidence, made of all its *.cc.
function(affiant_layer folder)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/host/${folder}/*.cc ${CMAKE_SOURCE_DIR}/host/${folder}/*/*.cc)
  affiant_of_this_system(sources)
  if(NOT sources)  # A layer that is headers only so far.
    add_library(affiant_${folder} INTERFACE)
    cmake_parse_arguments(layer "" "" "PUBLIC;PRIVATE" ${ARGN})
    target_link_libraries(affiant_${folder} INTERFACE affiant_flags ${layer_PUBLIC} ${layer_PRIVATE})
    return()
  endif()
  add_library(affiant_${folder} STATIC ${sources})
  target_link_libraries(affiant_${folder} PUBLIC affiant_flags ${ARGN})
endfunction()

# affiant_together(affiant_evidence EXCEPT identity_lock.cc): where AFFIANT_TOGETHER is on (the ci preset), the target's files are compiled eight
# at a time, since most of a file's time is its headers. A file that names a thing of its own as another does is left alone.
function(affiant_together target)
  cmake_parse_arguments(together "" "" "EXCEPT" ${ARGN})
  if(AFFIANT_TOGETHER)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    set_source_files_properties(${together_EXCEPT} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()

# affiant_unit_test(evidence): one GoogleTest program out of tests/unit/evidence/*.cc, linked with that layer and what else is named.
# ALONE: files that cannot be compiled together with others.
function(affiant_unit_test folder)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${folder}/*.cc)
  affiant_of_this_system(sources)
  if(NOT sources)  # Nothing written yet.
    return()
  endif()
  cmake_parse_arguments(test "" "" "ALONE" ${ARGN})
  add_executable(${folder}_test ${sources})
  affiant_together(${folder}_test EXCEPT ${test_ALONE})
  target_link_libraries(${folder}_test PRIVATE affiant_${folder} ${test_UNPARSED_ARGUMENTS} GTest::gmock GTest::gtest_main)
  target_include_directories(${folder}_test PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  # What is tested is optimised; the tests themselves need only be compiled soon. Warnings that come of flow analysis mean little without optimisation.
  target_compile_options(${folder}_test PRIVATE "$<$<NOT:$<CONFIG:Debug>>:-O0;-U_FORTIFY_SOURCE;-Wno-maybe-uninitialized;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-restrict;-Wno-dangling-pointer;-Wno-free-nonheap-object>")
  list(LENGTH sources count)
  if(count GREATER 3 AND NOT AFFIANT_TOGETHER)
    target_precompile_headers(${folder}_test PRIVATE <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp> <map> <set> <string> <vector>)
  endif()
  target_compile_definitions(${folder}_test PRIVATE AFFIANT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" AFFIANT_BIN_DIR="${CMAKE_BINARY_DIR}/bin"
    AFFIANT_SHARED_DATA="${CMAKE_SOURCE_DIR}/../shared/data")
  add_test(NAME ${folder} COMMAND ${folder}_test)
endfunction()
