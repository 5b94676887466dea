# Run by cpack when the deb is written.
execute_process(COMMAND "${CPACK_AFFIANT_NODE}" "${CPACK_AFFIANT_SOURCE_DIR}/packaging/deb/plain_modes.mjs" ${CPACK_PACKAGE_FILES} COMMAND_ERROR_IS_FATAL ANY)
