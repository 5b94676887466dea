# What compiler and linker can do against a defect of ours being used, for every program built; tests/packaging/hardening.sh reads it back
# from the programs. Stack protector and fortify stand in Warnings.cmake. Nothing here sets an RPATH: libraries come from the system alone.
# A program names no folder that it was built in (OpenSSL's macros put __FILE__ into it), so that two builds of a commit are one.
target_compile_options(affiant_flags INTERFACE -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
include(CheckPIESupported)
include(CheckCXXCompilerFlag)
check_pie_supported()
option(AFFIANT_CF_PROTECTION "Indirect branch tracking and shadow stacks, where the compiler can" ON)
if(NOT AFFIANT_SANITIZE)
  check_cxx_compiler_flag(-fcf-protection=full AFFIANT_HAVE_CF_PROTECTION)  # x86 alone.
  if(AFFIANT_HAVE_CF_PROTECTION AND AFFIANT_CF_PROTECTION)
    target_compile_options(affiant_flags INTERFACE -fcf-protection=full)
  endif()
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    target_link_options(affiant_flags INTERFACE LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
  endif()
endif()
set(CMAKE_SKIP_RPATH ON)
