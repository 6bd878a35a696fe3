# Flags that affect whether object files can be linked together (threads, exceptions, vector types, sanitizers), so
# third-party code needs them as well.

if(EMSCRIPTEN)
    # WebAssembly's own exceptions cost nothing until thrown; JavaScript-based ones slow down every call.
    set(shared_flags -fwasm-exceptions -msimd128)
    if(DIGITLAB_THREADS)
        list(APPEND shared_flags -pthread)
    endif()
    add_compile_options(${shared_flags})
    add_link_options(${shared_flags})
else()
    if(DIGITLAB_ARCH)
        add_compile_options("-march=${DIGITLAB_ARCH}")
    endif()
    if(DIGITLAB_THREADS)
        set(THREADS_PREFER_PTHREAD_FLAG ON)
        find_package(Threads REQUIRED)
        link_libraries(Threads::Threads)
    endif()
endif()

if(DIGITLAB_SANITIZERS)
    set(sanitizer_flags "-fsanitize=${DIGITLAB_SANITIZERS}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
    # Checking every pointer before its use more than doubles the compile time, and the address sanitizer catches the results of
    # bad pointers. Its reports need only line numbers.
    add_compile_options(${sanitizer_flags} -fno-sanitize=null,alignment,object-size,vptr -g1)
    add_link_options(${sanitizer_flags})
endif()
