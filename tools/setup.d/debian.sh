# Gets Debian packages: tools are installed with apt; everything else is downloaded through a
# private apt root under .deps/apt, so the machine's own package sources stay untouched. In both
# cases apt checks signatures and hashes.

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

# debian_archive: prints the base address of the machine's own Debian source. It asks apt which
# files an update would fetch, so every format of source list works.
debian_archive() {
    local empty_lists
    empty_lists="$(mktemp -d)"
    mkdir "$empty_lists/partial"
    apt-get -o Dir::State::Lists="$empty_lists" update --print-uris 2>/dev/null |
        sed -nE "s#^'(.*/debian/?)/?dists/[^/]+/InRelease'.*#\1#p" | head -n 1
    rm -rf "$empty_lists"
}

# Steps that run at the same time wait for the one that came first.
prepare_private_apt() (
    mkdir -p "$DEPS/apt"
    exec 8>"$DEPS/apt/lock"
    flock 8
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
)

# check_pins KIND PIN...: fails unless the archive offers exactly what is pinned ("*": any version). It asks apt once for all
# packages, since each query takes a second.
check_pins() {
    local index=Packages pin suite package version offers offered
    [[ "$1" == deb-src ]] && index=Sources
    shift
    offers="$(private_apt apt-cache madison $(printf '%s\n' "$@" | sed 's#^[^/]*/##; s#=.*##') |
        awk -F ' *[|] *' -v index_name="$index" \
            '{ split($3, where, " "); sub("/main", "", where[2])
               if (where[length(where)] == index_name) { gsub(" ", "", $1); print where[2] "/" $1 "=" $2 } }')"
    for pin in "$@"; do
        suite="${pin%%/*}" package="${pin#*/}" version="${pin##*=}"
        package="${package%%=*}"
        offered="$(grep "^$suite/$package=" <<<"$offers" | head -n 1)" ||
            die "the Debian archive no longer offers $package in $suite"
        [[ "$version" == '*' || "$offered" == "$pin" ]] ||
            die "tools/versions pins $package $version, but $suite now offers ${offered##*=}:" \
                "change the pin, then run tools/setup and tools/test"
    done
}

# download KIND PIN...: fetches the pinned packages into .deps/downloads/KIND, resuming files left
# by an interrupted run.
download() {
    local kind="$1" pin suite package version requests=()
    shift
    prepare_private_apt
    check_pins "$kind" "$@"
    for pin in "$@"; do
        suite="${pin%%/*}" package="${pin#*/}" version="${pin##*=}"
        package="${package%%=*}"
        if [[ "$version" == '*' ]]; then requests+=("$package/$suite"); else requests+=("$package=$version"); fi
    done
    if [[ "$kind" == deb-src ]]; then
        fetch deb-src source --download-only "${requests[@]}"
        return
    fi
    fetch deb download "${requests[@]}"
    # apt checks what it fetches, but trusts a binary package that is already there if its size is right.
    remove_damaged "${requests[@]}" || fetch deb download "${requests[@]}"
    remove_damaged "${requests[@]}" || die "downloaded packages do not match the archive's signed list"
}

# fetch KIND COMMAND...: runs apt-get in the folder for KIND.
fetch() {
    local folder="$DEPS/downloads/$1" kind="$1"
    shift
    mkdir -p "$folder"
    (cd "$folder" && logged "setup-download-$kind" private_apt apt-get "$@") ||
        die "download failed; run tools/setup again to continue"
}

# Removes packages that do not match the hashes in the signed package lists; fails if it removed any.
remove_damaged() {
    local request sha256 file hashes damaged=0
    hashes="$(private_apt apt-cache show "$@" | awk '/^Package:/ { name = $2 } /^SHA256:/ { print name, $2 }')"
    for request in "$@"; do
        for file in "$DEPS/downloads/deb/${request%%[=/]*}"_*.deb; do
            sha256="$(sha256sum <"$file")"
            grep -qx "${request%%[=/]*} ${sha256%% *}" <<<"$hashes" && continue
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

# fresh_directory NAME: makes an empty folder for a step's result, which is moved into place when finished.
fresh_directory() {
    rm -rf "$DEPS/tmp/$1"
    mkdir -p "$DEPS/tmp/$1"
    printf '%s' "$DEPS/tmp/$1"
}

# publish FROM TO: replaces TO with the finished FROM.
publish() {
    rm -rf "$2"
    mkdir -p "$(dirname "$2")"
    mv "$1" "$2"
}
