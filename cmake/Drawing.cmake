# AFFIANT_DRAWING: the script that the report's graph and timeline are drawn with, for the report page and the extension alike. Without npm, or
# without a registry, it says why, and reports have their tables alone.
affiant_find_node()
include(${CMAKE_CURRENT_LIST_DIR}/Npm.cmake)
option(AFFIANT_D3 "Fetch d3 for the report's graph and timeline" ON)
set(AFFIANT_DRAWING ${CMAKE_BINARY_DIR}/generated/report/drawing.js)
set(d3 ${CMAKE_BINARY_DIR}/generated/report/npm)
affiant_npm(${d3} ${CMAKE_SOURCE_DIR}/packaging/drawing AFFIANT_D3)
add_custom_command(OUTPUT ${AFFIANT_DRAWING}
  COMMAND ${AFFIANT_NODE} ${CMAKE_SOURCE_DIR}/packaging/drawing.mjs ${d3}/node_modules ${d3}.fetched ${AFFIANT_DRAWING}
  DEPENDS ${CMAKE_SOURCE_DIR}/packaging/drawing.mjs ${d3}.fetched COMMENT "Putting d3 together" VERBATIM)
add_custom_target(affiant_drawing DEPENDS ${AFFIANT_DRAWING})
