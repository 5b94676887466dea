# Turns the table FROM into the C++ source TO that defines tables::NAME.
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/Literal.cmake)
affiant_read_literal(${FROM} body)
file(WRITE ${TO}.new "// Made by host/policy/embed.cmake from ${NAME}'s table.
#include \"policy/data_tables.h\"

namespace affiant::policy::tables {
extern const std::string_view ${NAME} =
${body};
}  // namespace affiant::policy::tables
")
file(RENAME ${TO}.new ${TO})
