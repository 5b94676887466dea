# affiant_find_node(): sets AFFIANT_NODE, with which the extension and the report viewer are put together.
macro(affiant_find_node)
  find_program(AFFIANT_NODE NAMES node nodejs)
  if(NOT AFFIANT_NODE)
    message(FATAL_ERROR "affiant: node is missing, with which the extension is put together. Install it: apt-get install nodejs")
  endif()
endmacro()
