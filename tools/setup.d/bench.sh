# Installs what tools/bench compares with: PyTorch from Debian, TensorFlow.js from npm.

BENCH_RECIPE=1

bench_key() { printf '%s' "$BENCH_RECIPE $(sha256sum <"$ROOT/tools/bench.d/package-lock.json")"; }

install_bench_packages() {
    local made
    made="$(fresh_directory bench)"
    cp "$ROOT/tools/bench.d/package.json" "$ROOT/tools/bench.d/package-lock.json" "$made/"
    (cd "$made" && logged setup-bench npm ci --ignore-scripts) || die "npm ci failed"
    publish "$made" "$DEPS/bench"
}
