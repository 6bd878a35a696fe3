# link_for_page(TARGET): how a program for the page is linked: the JavaScript around it, its memory and its threads.

set(MiB 1048576)
math(EXPR memory_256_mib "256 * ${MiB}")
math(EXPR memory_1_gib "1024 * ${MiB}")

function(link_for_page target)
    target_link_options(${target} PRIVATE
        # wasm-opt at -O3 takes twice as long, all of it on one processor.
        -O2 -sASSERTIONS=0 -sWASM_BIGINT=1 --closure=0
        -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createDigitLab
        # Threads are workers; there is no other environment the page's module runs in.
        -sENVIRONMENT=web,worker
        -sINVOKE_RUN=1 -sEXIT_RUNTIME=0
        -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
        -sFORCE_FILESYSTEM=1 -lidbfs.js
        -sEXPORTED_RUNTIME_METHODS=FS,IDBFS,HEAPU8,HEAPF32,stringToUTF8,UTF8ToString,lengthBytesUTF8,ccall,cwrap,callMain
        -sEXPORTED_FUNCTIONS=_main,_malloc,_free
        -sSTACK_SIZE=${MiB}
        # Training allocates nothing, so the smallest allocator does; it also wastes least of a fixed memory.
        -sMALLOC=dlmalloc
        # Running out of memory is an exception in C++ that the program can report, not the end of the page.
        -sABORTING_MALLOC=0
        -sALLOW_MEMORY_GROWTH=1)

    if(DIGITLAB_THREADS)
        target_link_options(${target} PRIVATE
            # Growing a shared memory is slow or crashes in Safari, so the loader passes Module.wasmMemory of a
            # fixed size (initial = maximum): 1 GiB, or 512 or 256 MiB where that fails. A memory is accepted if
            # it is at least INITIAL_MEMORY and its maximum at most MAXIMUM_MEMORY; growth is allowed only
            # because these two may not differ otherwise.
            -sINITIAL_MEMORY=${memory_256_mib} -sMAXIMUM_MEMORY=${memory_1_gib} -Wno-pthreads-mem-growth
            -sDEFAULT_PTHREAD_STACK_SIZE=${MiB}
            # A thread that is not in the pool could only start once the main thread returns to the browser.
            # The loader sets the size; asking for more threads fails at once instead of hanging.
            "-sPTHREAD_POOL_SIZE=Module[\"pthreadPoolSize\"]||4" -sPTHREAD_POOL_SIZE_STRICT=2)
    else()
        math(EXPR initial "128 * ${MiB}")
        math(EXPR maximum "2048 * ${MiB}")
        target_link_options(${target} PRIVATE -sINITIAL_MEMORY=${initial} -sMAXIMUM_MEMORY=${maximum})
    endif()
endfunction()
