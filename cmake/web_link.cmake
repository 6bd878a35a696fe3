# link_for_page(TARGET): how a program for the page is linked: the JavaScript around it, its memory and its threads.

set(MiB 1048576)
math(EXPR memory_256_mib "256 * ${MiB}")
math(EXPR memory_1_gib "1024 * ${MiB}")

function(link_for_page target)
    target_link_options(${target} PRIVATE
        # wasm-opt at -O3 takes twice as long, all of it on one processor.
        -O2 -sASSERTIONS=0 -sWASM_BIGINT=1 --closure=0
        -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createDigitLab
        # The page's module runs only in pages and in workers, which are its threads.
        -sENVIRONMENT=web,worker
        -sINVOKE_RUN=1 -sEXIT_RUNTIME=0
        -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
        -sFORCE_FILESYSTEM=1 -lidbfs.js
        -sEXPORTED_RUNTIME_METHODS=FS,IDBFS,HEAPU8,HEAPF32,stringToUTF8,UTF8ToString,lengthBytesUTF8,ccall,cwrap,callMain
        -sEXPORTED_FUNCTIONS=_main,_malloc,_free
        -sSTACK_SIZE=${MiB}
        # Training allocates nothing, so the smallest allocator will do; it also wastes the least of a fixed memory.
        -sMALLOC=dlmalloc
        # Running out of memory throws a C++ exception, which the program can report, instead of ending the page.
        -sABORTING_MALLOC=0
        -sALLOW_MEMORY_GROWTH=1)

    if(DIGITLAB_THREADS)
        target_link_options(${target} PRIVATE
            # Growing a shared memory is slow or crashes in Safari, so the loader passes a Module.wasmMemory of
            # fixed size (initial = maximum): 1 GiB, or 512 or 256 MiB where that fails. A memory is accepted if
            # it is at least INITIAL_MEMORY and its maximum at most MAXIMUM_MEMORY; growth is allowed only
            # because these two could not differ otherwise.
            -sINITIAL_MEMORY=${memory_256_mib} -sMAXIMUM_MEMORY=${memory_1_gib} -Wno-pthreads-mem-growth
            -sDEFAULT_PTHREAD_STACK_SIZE=${MiB}
            # A thread outside the pool could start only once the main thread returns to the browser. The loader
            # sets the pool's size; asking for more threads fails immediately instead of hanging.
            "-sPTHREAD_POOL_SIZE=Module[\"pthreadPoolSize\"]||4" -sPTHREAD_POOL_SIZE_STRICT=2)
    else()
        math(EXPR initial "128 * ${MiB}")
        math(EXPR maximum "2048 * ${MiB}")
        target_link_options(${target} PRIVATE -sINITIAL_MEMORY=${initial} -sMAXIMUM_MEMORY=${maximum})
    endif()
endfunction()
