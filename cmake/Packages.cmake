# cpack -G DEB | RPM | TZST, in the build folder, after a build: affiant_*.deb, affiant-*.rpm, affiant-*.tar.zst. What they have in common stands
# here; what one alone needs in packaging/cpack_project.cmake, which cpack reads for each.
set(CPACK_PACKAGE_NAME affiant)
set(CPACK_PACKAGE_VENDOR "The Affiant maintainers")
set(CPACK_PACKAGE_CONTACT "The Affiant maintainers <maintainers@affiant.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "signed records of what a website does, held against what it says")
set(CPACK_PACKAGE_DESCRIPTION "Affiant records which cookies, storage and third parties a website really
sets in a real browser, signs the record so that a stranger can check it,
and holds it against the privacy policy and the cookie table of the site.
.
It consists of a command line program, a native messaging host and an
extension for Chromium and Firefox. Nothing is recorded before a person
asks for it.")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/packaging/cpack_project.cmake)
set(CPACK_GENERATOR DEB)
set(CPACK_THREADS 0)
set(CPACK_VERBATIM_VARIABLES ON)

# For packaging/cpack_project.cmake.
set(CPACK_AFFIANT_SOURCE_DIR ${CMAKE_SOURCE_DIR})
set(CPACK_AFFIANT_BINARY_DIR ${CMAKE_BINARY_DIR})
set(CPACK_SYSTEM_PROCESSOR ${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_AFFIANT_CMAKE ${CMAKE_COMMAND})
set(CPACK_AFFIANT_NODE ${AFFIANT_NODE})
set(CPACK_AFFIANT_EPOCH ${AFFIANT_SOURCE_EPOCH})
set(CPACK_AFFIANT_DATE_RFC2822 ${AFFIANT_SOURCE_DATE_RFC2822})
include(CPack)
