# affiant_npm(WORK SOURCE OPTION): ${WORK}/node_modules holds the packages that the lock file in SOURCE pins; ${WORK}.fetched says "present", or why
# they are not there: no npm, no registry, or OPTION is off.
find_program(AFFIANT_NPM npm)
function(affiant_npm work source option)
  if(NOT ${option})
    file(WRITE ${work}.fetched "absent: built with ${option}=OFF\n")
    return()
  endif()
  get_filename_component(name ${source} NAME)
  add_custom_command(OUTPUT ${work}.fetched
    COMMAND ${CMAKE_COMMAND} -DTO=${work}.fetched -DSOURCE=${source} -DWORK=${work} -DNPM=$<IF:$<BOOL:${AFFIANT_NPM}>,${AFFIANT_NPM},>
      -P ${CMAKE_SOURCE_DIR}/cmake/fetch_npm.cmake
    DEPENDS ${CMAKE_SOURCE_DIR}/cmake/fetch_npm.cmake ${source}/package-lock.json COMMENT "Fetching the npm packages of ${name}" VERBATIM)
endfunction()
