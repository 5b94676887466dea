// For the Windows halves of this folder alone: the system's headers, in the one order in which they
// can be read.
#pragma once

// clang-format off
#include <windows.h>
#include <aclapi.h>
#include <bcrypt.h>
#include <shellapi.h>
// clang-format on
