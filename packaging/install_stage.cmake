# Run by cpack: installs the components of this kind of package into its staging folder. `cmake --install` rather than cpack's own way, which would
# start a build first: packing builds nothing.
set(prefix "${CPACK_AFFIANT_PREFIX}")
if(prefix)
  set(ENV{DESTDIR} "${CPACK_TEMPORARY_INSTALL_DIRECTORY}")
else()
  set(prefix "${CPACK_TEMPORARY_INSTALL_DIRECTORY}")
endif()
foreach(component IN LISTS CPACK_AFFIANT_COMPONENTS)
  execute_process(COMMAND "${CPACK_AFFIANT_CMAKE}" --install "${CPACK_AFFIANT_BINARY_DIR}" --component ${component} --strip --prefix "${prefix}" OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endforeach()
