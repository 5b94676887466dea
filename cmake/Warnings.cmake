# One interface target carries the flags every target of ours is built with.
add_library(affiant_flags INTERFACE)
target_compile_options(affiant_flags INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wno-missing-field-initializers
  $<$<BOOL:${AFFIANT_WERROR}>:-Werror> -fstack-protector-strong)
target_compile_definitions(affiant_flags INTERFACE AFFIANT_VERSION="${PROJECT_VERSION}")
if(NOT AFFIANT_SANITIZE)  # In a generator expression the commas of its value would count as separators.
  target_compile_definitions(affiant_flags INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
endif()
if(WIN32)
  # Windows 10, functions in UTF-16, and no macros named min and max.
  target_compile_definitions(affiant_flags INTERFACE _WIN32_WINNT=0x0A00 UNICODE NOMINMAX WIN32_LEAN_AND_MEAN)
  target_link_options(affiant_flags INTERFACE -fstack-protector-strong)  # Which lies in a library of its own there.
endif()
target_include_directories(affiant_flags INTERFACE ${CMAKE_SOURCE_DIR}/host ${CMAKE_BINARY_DIR}/generated)
if(AFFIANT_SANITIZE)
  target_compile_options(affiant_flags INTERFACE -fsanitize=${AFFIANT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(affiant_flags INTERFACE -fsanitize=${AFFIANT_SANITIZE})
endif()
find_program(AFFIANT_CCACHE ccache)
if(AFFIANT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${AFFIANT_CCACHE})
endif()
