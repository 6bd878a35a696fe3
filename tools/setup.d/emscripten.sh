# Emscripten from Debian's trixie, unpacked into .deps/emscripten next to bookworm's LLVM 19, and SDL2
# built with it. The compiler finds its settings in its own folder, so no environment is needed.

EMSCRIPTEN_RECIPE=1
SDL2_RECIPE=2

# emcc_on_path: succeeds if the user's own Emscripten is on PATH and recent enough.
emcc_on_path() {
    local found version
    found="$(command -v emcc)" || return 1
    [[ "$found" != "$DEPS"/* ]] || return 1
    version="$(emcc --version 2>/dev/null | sed -nE '1s/.* ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')"
    [[ -n "$version" ]] && version_at_least "$version" "$EMCC_MINIMUM"
}

install_emscripten() {
    local tree
    download deb "${EMSCRIPTEN_PACKAGES[@]}"
    install_binaryen
    tree="$(fresh_directory emscripten)"
    unpack_emscripten "$tree"
    write_emscripten_config "$tree/.emscripten"
    # Keeps Node from reading our own package.json, which says that .js files are ES modules.
    printf '{ "type": "commonjs" }\n' >"$tree/package.json"
    mkdir -p "$tree/node_modules"
    # Emscripten's JavaScript optimiser imports acorn by name.
    cp -r "$ROOT/node_modules/acorn" "$tree/node_modules/"
    publish "$tree" "$DEPS/emscripten"
    rm -f "$DEPS/emscripten-root" # so that choose_emscripten checks it, as soon as LLVM is installed
}

# Skips the libraries for link-time optimisation and dynamic linking: 1.2 GB that no preset uses.
unpack_emscripten() {
    local prefix=./usr/share/emscripten file
    for file in "$DEPS/downloads/deb/emscripten"_*.deb; do
        dpkg --fsys-tarfile "$file" | tar -x -C "$1" --strip-components=4 \
            --exclude="$prefix/test" --exclude="$prefix/cache/sysroot/lib/wasm32-emscripten/*lto*" \
            --exclude="$prefix/cache/sysroot/lib/wasm32-emscripten/pic" "$prefix"
    done
}

write_emscripten_config() {
    cat >"$1" <<CONFIG
LLVM_ROOT = '/usr/lib/llvm-19/bin'
BINARYEN_ROOT = '$DEPS/binaryen'
NODE_JS = '$(command -v node)'
CACHE = '$DEPS/emscripten/cache'
CONFIG
}

# Trixie's binaryen needs a newer C library than bookworm's, so each tool gets a launcher that runs it
# with the loader and libraries unpacked next to it.
install_binaryen() {
    local made final="$DEPS/binaryen" package tool
    made="$(fresh_directory binaryen)"
    for package in binaryen libc6 libstdc++6 libgcc-s1; do unpack_deb "$package" "$made"; done
    mkdir -p "$made/bin"
    for tool in "$made"/usr/bin/wasm*; do
        tool="${tool##*/}"
        printf '#!/bin/sh\nexec %q --library-path %q %q "$@"\n' "$final/usr/lib64/ld-linux-x86-64.so.2" \
            "$final/usr/lib/x86_64-linux-gnu" "$final/usr/bin/$tool" >"$made/bin/$tool"
        chmod +x "$made/bin/$tool"
    done
    publish "$made" "$final"
}

# Writes the file that tells CMake and tools/env.sh which Emscripten to use.
choose_emscripten() {
    local chosen="$DEPS/emscripten"
    if emcc_on_path; then chosen="$(em-config EMSCRIPTEN_ROOT)"; fi
    [[ -f "$DEPS/emscripten-root" && "$(<"$DEPS/emscripten-root")" == "$chosen" ]] && return
    if ! logged setup-emscripten "$chosen/emcc" --check; then
        rm -f "$DEPS/stamps/emscripten"
        die "the Emscripten in $chosen does not run"
    fi
    printf '%s\n' "$chosen" >"$DEPS/emscripten-root"
}

sdl2_key() { printf '%s' "$SDL2_RECIPE $(<"$DEPS/emscripten-root") ${SOURCE_PACKAGES[*]}"; }

# build_sdl2 sdl2|sdl2-mt: builds the library without or with threads, in a folder of its own. Emscripten's recipe takes seconds
# where SDL2's CMake takes minutes. The result is linked as an ordinary library, so that later builds need neither the port nor
# the network.
build_sdl2() (
    source "$ROOT/tools/env.sh"
    logged "setup-$1" embuilder build "$1" || die "SDL2 could not be built"
    made="$(fresh_directory "$1")"
    sysroot="$(em-config CACHE)/sysroot"
    mkdir -p "$made/include"
    cp -r "$sysroot/include/SDL2" "$made/include/"
    cp "$sysroot/lib/wasm32-emscripten/lib${1/sdl2/SDL2}.a" "$made/"
    publish "$made" "$DEPS/$1"
)
