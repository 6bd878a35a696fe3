# Shell helpers shared by the tools; sourced, never run.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
DEPS="$ROOT/.deps"
LOGS="$ROOT/build/logs"

say() { printf '%s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# logged NAME COMMAND...: runs quietly, keeps the output in build/logs, shows its end on failure.
logged() {
    local log="$LOGS/$1.log" status=0
    shift
    mkdir -p "$LOGS"
    "$@" >"$log" 2>&1 || status=$?
    if ((status != 0)); then
        printf '%s\n' "--- last lines of ${log#"$ROOT"/}" >&2
        tail -n 40 "$log" >&2
        printf '%s\n' "--- failed: $*" >&2
    fi
    return "$status"
}

# How many compilers to run at once.
jobs_wanted() { printf '%s' "${DIGITLAB_JOBS:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)}"; }

# version_at_least HAVE WANT: compares dotted version numbers.
version_at_least() { [[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" == "$2" ]]; }

# Every C++ file of the project itself.
own_cpp_files() {
    (cd "$ROOT" && find src shell tests -name '*.cpp' -o -name '*.h' | sort)
}

# build PRESET [TARGET...]: configures and builds quietly; the log is build/logs/build-PRESET.log.
build() {
    local preset="$1" targets=()
    shift
    (($#)) && targets=(--target "$@")
    say "building $preset ${*:-}"
    (cd "$ROOT" && logged "configure-$preset" cmake --preset "$preset" &&
        logged "build-$preset" cmake --build "build/$preset" --parallel "$(jobs_wanted)" "${targets[@]}")
}

WEB_PRESETS=(web-threads-relaxed web-threads web-single)
