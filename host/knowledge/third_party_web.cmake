# Makes the table TO of the npm package third-party-web in WORK/node_modules: cmake -DTO= -DWORK= -DNODE= -P third_party_web.cmake
# Where WORK.fetched says that it is not there, the table is empty and says why: fewer owners of hosts are known then.
file(READ ${WORK}.fetched fetched)
if(NOT fetched STREQUAL "present\n")
  file(WRITE ${TO} "# ${fetched}")
  return()
endif()
execute_process(COMMAND ${NODE} ${CMAKE_CURRENT_LIST_DIR}/third_party_web.mjs ${WORK}/node_modules/third-party-web RESULT_VARIABLE failed OUTPUT_VARIABLE table ERROR_VARIABLE said)
if(NOT failed EQUAL 0)
  message(FATAL_ERROR "affiant: third_party_web.mjs: ${said}")
endif()
file(WRITE ${TO} "${table}")
