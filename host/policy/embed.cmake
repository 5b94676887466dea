# Turns the table FROM into the C++ source TO that defines tables::NAME.
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
file(WRITE ${TO}.new "// Made by host/policy/embed.cmake from ${NAME}'s table.
#include \"policy/data_tables.h\"

namespace affiant::policy::tables {
const std::string_view ${NAME} =
${body};
}  // namespace affiant::policy::tables
")
file(RENAME ${TO}.new ${TO})
