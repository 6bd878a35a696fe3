# zlib and its minizip. Only the parts that unpack gzip and ZIP, and CRC-32, are compiled.
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
# Archives are read from memory, so the plain file functions will do; encrypted archives are refused.
target_compile_definitions(zlib PRIVATE IOAPI_NO_64 NOUNCRYPT)
