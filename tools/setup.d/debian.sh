# Getting Debian packages: tools are installed with apt; everything else is downloaded through a
# private apt root under .deps/apt, so the machine's own package sources stay untouched. Signatures
# and hashes are checked by apt in both cases.

is_debian() { have apt-get && have dpkg-query && [[ -r /etc/os-release ]]; }

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        die "root rights are needed for: $*  (run as root, install sudo, or run that command yourself)"
    fi
}

package_installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

# need_tools GROUP PACKAGE...: installs what is missing, with one apt-get call.
need_tools() {
    is_debian || return 0
    local group="$1" package missing=()
    shift
    for package in "$@"; do
        package_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    say "setup: installing ${missing[*]}"
    logged "setup-apt-update" as_root apt-get update || die "apt-get update failed; is there a network?"
    logged "setup-apt-$group" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}" ||
        die "apt-get could not install ${missing[*]}"
}

# Node may come from anywhere (Debian, a version manager): only its version matters.
need_node() {
    if ! have node || ! have npm; then
        is_debian || die "Node.js 18 or newer with npm is needed"
        need_tools node nodejs npm
    fi
    version_at_least "$(node --version | tr -d v)" 18 ||
        die "Node.js $(node --version) is too old; 18 or newer is needed"
}

private_apt() {
    local tool="$1"
    shift
    "$tool" -o Dir::State::Lists="$DEPS/apt/lists" -o Dir::State::status=/dev/null \
        -o Dir::Cache="$DEPS/apt/cache" -o Dir::Etc::sourcelist="$DEPS/apt/sources.list" \
        -o Dir::Etc::sourceparts=/dev/null -o APT::Sandbox::User=root -o Acquire::Retries=3 \
        -o Acquire::Languages=none "$@"
}

# debian_archive: the base address of the machine's own Debian source. apt itself is asked which
# files an update would fetch, so every format of source list is understood.
debian_archive() {
    local empty_lists
    empty_lists="$(mktemp -d)"
    mkdir "$empty_lists/partial"
    apt-get -o Dir::State::Lists="$empty_lists" update --print-uris 2>/dev/null |
        sed -nE "s#^'(.*/debian/?)/?dists/[^/]+/InRelease'.*#\1#p" | head -n 1
    rm -rf "$empty_lists"
}

prepare_private_apt() {
    [[ -f "$DEPS/apt/ready" ]] && return
    local archive keyring=/usr/share/keyrings/debian-archive-keyring.gpg suite
    [[ -r "$keyring" ]] || need_tools keyring debian-archive-keyring
    archive="$(debian_archive)"
    [[ -n "$archive" ]] || die "apt has no Debian archive configured; add one to its sources"
    mkdir -p "$DEPS/apt/lists/partial" "$DEPS/apt/cache/archives/partial"
    for suite in bookworm trixie; do
        printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$archive" "$suite"
        printf 'deb-src [signed-by=%s] %s %s main\n' "$keyring" "$archive" "$suite"
    done >"$DEPS/apt/sources.list"
    logged setup-private-apt private_apt apt-get update ||
        die "could not read the package lists of bookworm and trixie"
    touch "$DEPS/apt/ready"
}

# offered_version KIND SUITE PACKAGE: what the archive has today; KIND is deb or deb-src.
offered_version() {
    local index=Packages
    [[ "$1" == deb-src ]] && index=Sources
    private_apt apt-cache madison "$3" |
        awk -F ' *[|] *' -v suite="$2/main" -v index_name="$index" \
            '{ split($3, where, " "); if (where[2] == suite && where[length(where)] == index_name) print $2 }' |
        head -n 1
}

check_pin() {
    local kind="$1" suite="$2" package="$3" wanted="$4" offered
    offered="$(offered_version "$kind" "$suite" "$package")"
    [[ -n "$offered" ]] || die "the Debian archive no longer offers $package in $suite"
    [[ "$wanted" == '*' || "$offered" == "$wanted" ]] ||
        die "tools/versions pins $package $wanted, but $suite now offers $offered:" \
            "change the pin, then run tools/setup and tools/test"
}

# download KIND PIN...: fetches the pinned packages into .deps/downloads/KIND, going on with files left
# by an interrupted run.
download() {
    local kind="$1" pin suite package version requests=()
    shift
    prepare_private_apt
    for pin in "$@"; do
        suite="${pin%%/*}" package="${pin#*/}" version="${pin##*=}"
        package="${package%%=*}"
        check_pin "$kind" "$suite" "$package" "$version"
        if [[ "$version" == '*' ]]; then requests+=("$package/$suite"); else requests+=("$package=$version"); fi
    done
    if [[ "$kind" == deb-src ]]; then
        fetch deb-src source --download-only "${requests[@]}"
        return
    fi
    fetch deb download "${requests[@]}"
    # apt checks what it fetches, but believes a binary package that is already there if its size is right.
    remove_damaged "${requests[@]}" || fetch deb download "${requests[@]}"
    remove_damaged "${requests[@]}" || die "downloaded packages do not match the archive's signed list"
}

# fetch KIND COMMAND...: runs apt-get in the folder for KIND.
fetch() {
    local folder="$DEPS/downloads/$1" kind="$1"
    shift
    mkdir -p "$folder"
    (cd "$folder" && logged "setup-download-$kind" private_apt apt-get "$@") ||
        die "download failed; run tools/setup again to go on"
}

# Compares with the hashes in the signed package lists; fails if something had to be removed.
remove_damaged() {
    local request sha256 file damaged=0
    for request in "$@"; do
        sha256="$(private_apt apt-cache show "$request" | awk '/^SHA256:/ { print $2; exit }')"
        for file in "$DEPS/downloads/deb/${request%%[=/]*}"_*.deb; do
            [[ -n "$sha256" && "$(sha256sum <"$file")" == "$sha256 "* ]] && continue
            rm -f "$file"
            damaged=1
        done
    done
    ((damaged == 0))
}

# unpack_deb PACKAGE DIRECTORY
unpack_deb() {
    local file
    for file in "$DEPS/downloads/deb/$1"_*.deb; do dpkg -x "$file" "$2"; done
}

remove_downloads() { rm -rf "$DEPS/downloads" "$DEPS/apt" "$DEPS/tmp"; }

# fresh_directory NAME: an empty folder to build a step's result in before it is moved into place.
fresh_directory() {
    rm -rf "$DEPS/tmp/$1"
    mkdir -p "$DEPS/tmp/$1"
    printf '%s' "$DEPS/tmp/$1"
}

# publish FROM TO: replaces TO by the finished FROM.
publish() {
    rm -rf "$2"
    mkdir -p "$(dirname "$2")"
    mv "$1" "$2"
}
