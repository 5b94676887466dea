# AFFIANT_DRAWING: the script that the report's graph and timeline are drawn with, for the report page and the extension alike (packaging/drawing.cmake).
affiant_find_node()
find_program(AFFIANT_NPM npm)
option(AFFIANT_D3 "Fetch d3 for the report's graph and timeline" ON)
set(AFFIANT_DRAWING ${CMAKE_BINARY_DIR}/generated/report/drawing.js)
if(AFFIANT_D3)
  add_custom_command(OUTPUT ${AFFIANT_DRAWING}
    COMMAND ${CMAKE_COMMAND} -DTO=${AFFIANT_DRAWING} -DSOURCE=${CMAKE_SOURCE_DIR}/packaging -DWORK=${CMAKE_BINARY_DIR}/generated/report/npm
      -DNPM=$<IF:$<BOOL:${AFFIANT_NPM}>,${AFFIANT_NPM},> -DNODE=${AFFIANT_NODE} -P ${CMAKE_SOURCE_DIR}/packaging/drawing.cmake
    DEPENDS ${CMAKE_SOURCE_DIR}/packaging/drawing.cmake ${CMAKE_SOURCE_DIR}/packaging/drawing.mjs ${CMAKE_SOURCE_DIR}/packaging/drawing/package-lock.json
    COMMENT "Fetching d3" VERBATIM)
else()
  file(WRITE ${AFFIANT_DRAWING} "// absent: built with AFFIANT_D3=OFF\n")
endif()
add_custom_target(affiant_drawing DEPENDS ${AFFIANT_DRAWING})
