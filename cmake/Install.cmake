# Where everything goes, in two components:
#   programs  below the prefix alone: runs from any folder
#   browsers  what lets the browsers of a whole machine find host and extension, at the places that are fixed in them (docs/adr/0015); only when
#             asked for: cmake --install BUILD --component browsers
include(GNUInstallDirs)
set(libexec ${CMAKE_INSTALL_LIBEXECDIR}/affiant)
set(doc ${CMAKE_INSTALL_DATAROOTDIR}/doc/affiant)
set(made ${CMAKE_BINARY_DIR}/generated)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME programs)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # Installing builds nothing: what is not built is an error that names the file.
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

install(TARGETS affiant RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS affiant-host RUNTIME DESTINATION ${libexec})
# The host starts the affiant that lies beside it (docs/adr/0013).
file(MAKE_DIRECTORY ${made}/install)
file(CREATE_LINK ../../bin/affiant ${made}/install/affiant SYMBOLIC)
install(FILES ${made}/install/affiant DESTINATION ${libexec})

install(DIRECTORY ${CMAKE_BINARY_DIR}/extension/chromium DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/affiant/extension)
install(FILES ${CMAKE_BINARY_DIR}/extension/affiant-firefox.xpi DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/affiant/extension)

install(FILES ${made}/texts/affiant.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${made}/texts/affiant.bash DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/bash-completion/completions RENAME affiant)
install(FILES ${made}/texts/_affiant DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/zsh/vendor-completions)
install(FILES ${made}/texts/affiant.fish DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/fish/vendor_completions.d)

configure_file(packaging/linux/app.affiant.affiant.metainfo.xml.in ${made}/install/app.affiant.affiant.metainfo.xml @ONLY)
install(FILES ${made}/install/app.affiant.affiant.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/metainfo)
file(GLOB documents ${CMAKE_SOURCE_DIR}/docs/*.md ${CMAKE_SOURCE_DIR}/docs/*.json)
install(FILES ${documents} DESTINATION ${doc}/docs)
install(FILES LICENSE README.md CHANGELOG.md SECURITY.md DESTINATION ${doc})

# Licences and a bill of materials, of what is really linked and shipped (packaging/sbom.mjs).
install(CODE "execute_process(COMMAND ${AFFIANT_NODE} ${CMAKE_SOURCE_DIR}/packaging/sbom.mjs --build ${CMAKE_BINARY_DIR} --version ${PROJECT_VERSION} --epoch ${AFFIANT_SOURCE_EPOCH}
    --out ${made}/notices COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${made}/notices/copyright ${made}/notices/third-party-notices.txt ${made}/notices/sbom.spdx.json DESTINATION ${doc})

set(AFFIANT_TEXTS_PROGRAM ${CMAKE_BINARY_DIR}/bin/affiant_texts)
configure_file(cmake/install_browsers.cmake.in ${made}/install/browsers.cmake @ONLY)
install(SCRIPT ${made}/install/browsers.cmake COMPONENT browsers EXCLUDE_FROM_ALL)
