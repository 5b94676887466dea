# Run by cpack on the staged tree of the portable archive: libraries beside the programs, so that any Linux with this machine's C library or a newer runs it.
execute_process(COMMAND "${CPACK_AFFIANT_SOURCE_DIR}/packaging/linux/bundle.sh" "${CPACK_TEMPORARY_INSTALL_DIRECTORY}" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND chmod -R u=rwX,go=rX "${CPACK_TEMPORARY_INSTALL_DIRECTORY}" COMMAND_ERROR_IS_FATAL ANY)
