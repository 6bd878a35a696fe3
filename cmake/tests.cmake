# One program with all unit tests (tests/ mirrors src/). Natively, ctest knows each test, runs them in parallel and stops
# those that hang. Labels tell the slow tests and those of threads.

enable_testing()

file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/*.cpp")
list(FILTER test_sources EXCLUDE REGEX "/tests/(browser|fuzz|cli)/")
if(DIGITLAB_SANITIZERS STREQUAL thread)
    # Only tests with threads run under ThreadSanitizer; the files of the others are not worth compiling.
    foreach(source ${test_sources})
        file(STRINGS "${source}" threads REGEX "\\[threads\\]")
        if("${source}" MATCHES "_test\\.cpp$" AND "${threads}" STREQUAL "")
            list(REMOVE_ITEM test_sources "${source}")
        endif()
    endforeach()
endif()

# Node looks in the nearest package.json for the type of .js files; those built here are not ES modules.
file(WRITE "${CMAKE_BINARY_DIR}/package.json" "{ \"type\": \"commonjs\" }\n")

if(test_sources)
    add_executable(digitlab_tests ${test_sources})
    # tests/nn compares with tiny-dnn itself.
    target_link_libraries(digitlab_tests PRIVATE digitlab_own_code digitlab_calls digitlab_ui digitlab_app digitlab_platform tiny_dnn stb catch2)
    # The tests' own code is compiled for a short build: the time of a test is spent in the code that it tests.
    target_compile_options(digitlab_tests PRIVATE -O1 $<$<CONFIG:Debug>:-g1>)
    precompile_headers(digitlab_tests <catch2/catch_test_macros.hpp>)
    # Eight files of a room at a time, in every preset: a test file is short, and most of its time goes into headers.
    set_target_properties(digitlab_tests PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    foreach(source ${test_sources})
        string(REGEX REPLACE ".*/tests/([^/]+)/.*" "\\1" room "${source}")
        math(EXPR group "${tests_of_${room}} + 0")
        math(EXPR tests_of_${room} "${group} + 1")
        math(EXPR group "${group} / 8")
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${room}_${group}")
    endforeach()
    target_include_directories(digitlab_tests PRIVATE "${CMAKE_SOURCE_DIR}/tests")
    target_compile_definitions(digitlab_tests PRIVATE
        DIGITLAB_SOURCE_DIR="${CMAKE_SOURCE_DIR}" DIGITLAB_MNIST_DIR="${DIGITLAB_DEPS}/mnist"
        DIGITLAB_FASHION_DIR="${DIGITLAB_DEPS}/fashion-mnist")
    if(EMSCRIPTEN)
        # Runs in Node with the real file system; blocking calls are moved off the main thread.
        target_link_options(digitlab_tests PRIVATE
            # Twenty seconds of optimising the linked program again would make no test faster by as much.
            -O1 -sENVIRONMENT=node,worker -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
            -sMAXIMUM_MEMORY=4294967296 -sSTACK_SIZE=4194304 -Wno-pthreads-mem-growth
            $<$<BOOL:${DIGITLAB_THREADS}>:-sPROXY_TO_PTHREAD=1>
            $<$<BOOL:${DIGITLAB_THREADS}>:-sDEFAULT_PTHREAD_STACK_SIZE=4194304>
            $<$<BOOL:${DIGITLAB_THREADS}>:-sPTHREAD_POOL_SIZE=8>)
    endif()
    if(NOT EMSCRIPTEN)
        include("${DIGITLAB_DEPS}/src/catch2/extras/Catch.cmake")
        # Each test is in exactly one of these.
        catch_discover_tests(digitlab_tests TEST_SPEC "[slow]"
            DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 900 LABELS slow)
        catch_discover_tests(digitlab_tests TEST_SPEC "[threads]~[slow]"
            DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 900 LABELS threads)
        catch_discover_tests(digitlab_tests TEST_SPEC "~[threads]~[slow]"
            DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 900)
    endif()
endif()
