# zlib and its minizip, of which only what unpacks is compiled: gzip, ZIP and CRC-32.
set(zlib_source "${DIGITLAB_DEPS}/src/zlib")

add_library(zlib STATIC
    "${zlib_source}/adler32.c"
    "${zlib_source}/crc32.c"
    "${zlib_source}/inffast.c"
    "${zlib_source}/inflate.c"
    "${zlib_source}/inftrees.c"
    "${zlib_source}/zutil.c"
    "${zlib_source}/contrib/minizip/ioapi.c"
    "${zlib_source}/contrib/minizip/unzip.c")
target_include_directories(zlib SYSTEM PUBLIC "${zlib_source}")
target_compile_definitions(zlib PUBLIC ZLIB_CONST)
# Archives are read from memory, so the plain file functions will do; encrypted ones are refused.
target_compile_definitions(zlib PRIVATE IOAPI_NO_64 NOUNCRYPT)
