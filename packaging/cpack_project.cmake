# Read by cpack once for each kind of package; what is common stands in cmake/Packages.cmake.
set(source ${CPACK_AFFIANT_SOURCE_DIR})
# The same commit gives the same bytes: times in the archives come from here.
set(ENV{SOURCE_DATE_EPOCH} ${CPACK_AFFIANT_EPOCH})
set(ENV{TZ} UTC)
set(CPACK_INSTALL_CMAKE_PROJECTS "")
set(CPACK_INSTALL_SCRIPTS ${source}/packaging/install_stage.cmake)
set(CPACK_AFFIANT_COMPONENTS programs)
set(CPACK_AFFIANT_PREFIX "")

if(CPACK_GENERATOR STREQUAL "DEB" OR CPACK_GENERATOR STREQUAL "RPM")
  list(APPEND CPACK_AFFIANT_COMPONENTS browsers)
  set(CPACK_AFFIANT_PREFIX /usr)
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
endif()

if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
  set(CPACK_DEBIAN_PACKAGE_SECTION web)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  # The lists tell trackers (docs/filter-lists.md); certutil is what `audit --ca` needs, pdftotext what reads policies in PDF.
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "chromium | firefox-esr, webext-ublock-origin-chromium | webext-ublock-origin-firefox")
  set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libnss3-tools, poppler-utils")
  set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
  set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
  set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${source}/packaging/deb/conffiles)
  set(CPACK_PRE_BUILD_SCRIPTS ${source}/packaging/deb/stage.cmake)
  set(CPACK_POST_BUILD_SCRIPTS ${source}/packaging/deb/finish.cmake)
endif()

if(CPACK_GENERATOR STREQUAL "RPM")
  set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
  set(CPACK_RPM_PACKAGE_RELEASE 1)
  set(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
  set(CPACK_RPM_PACKAGE_LICENSE Apache-2.0)
  set(CPACK_RPM_PACKAGE_GROUP Applications/Internet)
  string(REPLACE "\n.\n" "\n\n" CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
  set(CPACK_RPM_PACKAGE_AUTOREQ ON)
  set(CPACK_RPM_PACKAGE_AUTOPROV OFF)  # No library is offered to others.
  set(CPACK_RPM_USER_FILELIST "%config(noreplace) /etc/chromium/native-messaging-hosts/app.affiant.host.json")
  set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /etc /etc/chromium /etc/chromium/native-messaging-hosts /usr/lib/mozilla
    /usr/lib/mozilla/native-messaging-hosts /usr/libexec /usr/share/chromium /usr/share/chromium/extensions /usr/share/mozilla /usr/share/mozilla/extensions
    /usr/share/metainfo /usr/share/man /usr/share/man/man1 /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/zsh /usr/share/zsh/vendor-completions
    /usr/share/fish /usr/share/fish/vendor_completions.d "/usr/share/mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}")
  set(CPACK_RPM_SPEC_MORE_DEFINE "%define _build_id_links none\n%define source_date_epoch_from_changelog 0\n%define use_source_date_epoch_as_buildtime 1\n%define clamp_mtime_to_source_date_epoch 1")
endif()

if(CPACK_GENERATOR STREQUAL "TZST")
  # Runs from the folder it is unpacked to; `affiant install` tells the browsers of one person.
  set(CPACK_PACKAGE_FILE_NAME affiant-${CPACK_PACKAGE_VERSION}-linux-${CPACK_SYSTEM_PROCESSOR})
  set(CPACK_PRE_BUILD_SCRIPTS ${source}/packaging/linux/portable.cmake)
endif()
