# Turns the table FROM into the C++ source TO: its text, and the SHA-256 of the file as it lies in the repository.
file(SHA256 ${FROM} digest)
file(READ ${FROM} text)
if(text MATCHES "\\)tsv\"")
  message(FATAL_ERROR "${FROM}: holds the character sequence that ends a raw string; change that cell")
endif()
# Compilers cap a string literal (C++ promises 65,536 characters): one literal a chunk, joined by the compiler.
string(LENGTH "${text}" length)
set(body "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 8000 chunk)
  string(APPEND body "R\"tsv(${chunk})tsv\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${TO}.new "// Made by host/knowledge/embed.cmake; the source is host/knowledge/data/${NAME}.tsv.
#include \"knowledge/tables.h\"

namespace affiant::knowledge {
extern const EmbeddedTable k_${NAME}_table;
const EmbeddedTable k_${NAME}_table = {\"${NAME}.tsv\", \"${digest}\",
${body}};
}  // namespace affiant::knowledge
")
file(RENAME ${TO}.new ${TO})
