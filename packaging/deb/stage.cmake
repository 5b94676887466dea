# Run by cpack on the staged tree of the deb: what Debian's policy asks of a package and nobody else does. gzip -n keeps times out.
set(share "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share")
set(doc "${share}/doc/affiant")
file(WRITE "${doc}/changelog.Debian"
  "affiant (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium\n\n"
  "  * Built from the project's own sources: see changelog.gz.\n\n"
  " -- ${CPACK_PACKAGE_CONTACT}  ${CPACK_AFFIANT_DATE_RFC2822}\n")
file(REMOVE "${doc}/LICENSE")  # Debian keeps it once for all packages; copyright says where.
file(RENAME "${doc}/CHANGELOG.md" "${doc}/changelog")
execute_process(COMMAND gzip -9n "${doc}/changelog.Debian" "${doc}/changelog" "${doc}/third-party-notices.txt" "${share}/man/man1/affiant.1" COMMAND_ERROR_IS_FATAL ANY)
file(MAKE_DIRECTORY "${share}/lintian/overrides")
file(COPY "${CPACK_AFFIANT_SOURCE_DIR}/packaging/deb/affiant.lintian-overrides" DESTINATION "${share}/lintian/overrides")
file(RENAME "${share}/lintian/overrides/affiant.lintian-overrides" "${share}/lintian/overrides/affiant")
# Whatever the builder's umask is.
execute_process(COMMAND chmod -R u=rwX,go=rX "${CPACK_TEMPORARY_INSTALL_DIRECTORY}" COMMAND_ERROR_IS_FATAL ANY)
