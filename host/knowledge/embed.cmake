# Turns the table FROM into the C++ source TO: its text, and the SHA-256 of the file as it lies in the repository.
file(SHA256 ${FROM} digest)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/Literal.cmake)
affiant_read_literal(${FROM} body)
file(WRITE ${TO}.new "// Made by host/knowledge/embed.cmake; the source is ${NAME}.tsv.
#include \"knowledge/tables.h\"

namespace affiant::knowledge {
extern const EmbeddedTable k_${NAME}_table;
const EmbeddedTable k_${NAME}_table = {\"${NAME}.tsv\", \"${digest}\",
${body}};
}  // namespace affiant::knowledge
")
file(RENAME ${TO}.new ${TO})
