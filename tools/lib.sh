# Shell functions shared by the tools. This file is sourced, never run.

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

# logged NAME COMMAND...: runs quietly, keeps the output in build/logs, and shows its end on failure. The progress of a build
# is shown.
logged() {
    local name="$1" log="$LOGS/$1.log" status=0
    shift
    mkdir -p "$LOGS"
    "$@" 2>&1 | tee "$log" | show_progress "$name" || status=$?
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

# Turns ninja's "[12/87] …" lines into one line that counts up; without a terminal, into a line for each tenth.
show_progress() {
    local what="$1" line done total shown=0 seconds=$SECONDS
    while IFS= read -r line; do
        [[ "$line" =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        done="${BASH_REMATCH[1]}" total="${BASH_REMATCH[2]}"
        if [[ -t 1 ]]; then
            printf '\r%s: %d of %d, %d s ' "$what" "$done" "$total" $((SECONDS - seconds))
            shown=1
        elif ((done * 10 / total > shown)); then
            shown=$((done * 10 / total))
            say "$what: $done of $total, $((SECONDS - seconds)) s"
        fi
    done
    [[ ! -t 1 || "$shown" == 0 ]] || printf '\n'
}

# build PRESET [TARGET...]: configures and builds; the log is build/logs/build-PRESET.log.
build() {
    local preset="$1" targets=()
    shift
    (($#)) && targets=(--target "$@")
    say "building $preset ${*:-}"
    (cd "$ROOT" && logged "configure-$preset" cmake --preset "$preset" &&
        logged "build-$preset" cmake --build "build/$preset" --parallel "$(jobs_wanted)" "${targets[@]}")
}

# build_page: builds all variants of the page. Both presets at once, since linking keeps one processor busy for half a minute.
build_page() {
    local single
    build web-single digitlab_web &
    single=$!
    build web-threads digitlab_web digitlab_web_relaxed || {
        wait "$single"
        return 1
    }
    wait "$single"
}
