#!/usr/bin/env bash
# Runs the README's commands like a newcomer: mvn verify, ./sluice dev until an artifact is downloaded, and, if
# KUBEBUILDER_ASSETS has a kubectl, "Your first generator" block by block. Uses a clone of the commit in a path with a space,
# a non-root user, and an empty environment except for an unreachable Docker host and the tools that tests need. If the
# caller is not root, the caller's user is used. Removes the user and all files at the end. Arguments are passed to Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

base=$(mktemp -d)
home=$base/home
clone="$home/a clone"
user=
launcher=
switch=()
environment=("PATH=$PATH" "HOME=$home" DOCKER_HOST=tcp://127.0.0.1:9)

say() { printf '[newcomer %s] %s\n' "$(date -u +%H:%M:%S)" "$*"; }

fail() {
    say "FAILED: $*"
    exit 1
}

clean_up() {
    [ -z "$launcher" ] || kill -KILL "$launcher" 2>/dev/null || true
    if [ -n "$user" ]; then
        pkill -KILL -u "$user" || true
        find /tmp -xdev -maxdepth 1 -user "$user" -exec rm -rf {} +
        userdel -f "$user" || true
    fi
    rm -rf "$base"
}
trap clean_up EXIT

# Copies a tool to a directory that the newcomer can read.
lend() {
    local name=$1 from=${!1:-}
    [ -n "$from" ] || return 0
    cp -rL "$from" "$base/tools/$name"
    environment+=("$name=$base/tools/$name")
}

# Provides a browser: an installed one by its path, a downloaded one as a copy of its directory.
lend_browser() {
    local from=${SLUICE_CHROMIUM:-} program
    [ -n "$from" ] || return 0
    program=$from
    if [ -d "$(dirname "$from")/tree" ]; then
        cp -r "$(dirname "$from")" "$base/tools/browser"
        program=$base/tools/browser/$(basename "$from")
    fi
    environment+=("SLUICE_CHROMIUM=$program")
}

# Lends Go's build cache with its pprof tool, which reads profiles in a test. Go would compile it again for the new user.
lend_pprof() {
    local cache=${XDG_CACHE_HOME:-$HOME/.cache}/sluice/go-pprof
    command -v go >/dev/null || return 0
    GOCACHE=$cache go tool pprof -h >/dev/null 2>&1 || true # its help is an error
    [ -d "$cache" ] || return 0
    cp -r "$cache" "$base/tools/go-pprof"
    environment+=("GOCACHE=$base/tools/go-pprof")
}

# Runs the command in the clone, with exec.
as_newcomer() {
    cd "$clone"
    exec "${switch[@]}" env -i "${environment[@]}" "$@" </dev/null
}

move_in() {
    local name
    chmod 755 "$base"
    mkdir -p "$home" "$base/tools"
    git clone -q "$PWD" "$clone"
    [ ! -d "$HOME/.m2" ] || cp -r "$HOME/.m2" "$home/.m2"
    for name in KUBEBUILDER_ASSETS SLUICE_HELM SLUICE_FLUX SLUICE_PROMETHEUS SLUICE_SPIFFE SLUICE_GO_REFERENCE; do lend "$name"; done
    lend_pprof
    lend_browser
    for name in JAVA_HOME MAVEN_ARGS MAVEN_OPTS; do
        [ -z "${!name:-}" ] || environment+=("$name=${!name}")
    done
    if [ "$(id -u)" = 0 ]; then
        user=sluice-$$
        useradd --no-create-home --home-dir "$home" --shell /bin/sh "$user"
        switch=(setpriv "--reuid=$user" "--regid=$user" --init-groups)
        chown -R "$user:" "$base"
    fi
}

# The download URL that ./sluice dev prints; empty while there is none.
offered() { sed -n 's/^ *download *curl -s \([^ ]*\) .*/\1/p' "$base/dev.log" | head -n 1; }

# Starts the given ./sluice dev command on separate ports and waits until it serves artifacts.
start_dev() {
    local url=
    port=$((20000 + RANDOM % 10000))
    (as_newcomer sh -c "exec $* --api-port $port --artifact-port $((port + 1)) --metrics-port $((port + 2)) \
        --health-port $((port + 3)) --management-port $((port + 4)) --console-port $((port + 5))") >"$base/dev.log" 2>&1 &
    launcher=$!
    for _ in $(seq 600); do
        if grep -q "$until" "$base/dev.log"; then return 0; fi
        kill -0 "$launcher" 2>/dev/null || break
        sleep 1
    done
    fail "'$*' does not print '$until': $(cat "$base/dev.log")"
}

stop_dev() {
    local code=0
    kill -TERM "$launcher"
    wait "$launcher" || code=$?
    launcher=
    [ "$code" = 143 ] || fail "./sluice dev exited with $code after SIGTERM: $(cat "$base/dev.log")"
    [ -z "$user" ] || nothing_goes_on
}

try_dev() {
    until='^ *download *curl -s ' start_dev ./sluice dev
    ! grep 'cannot write archives' "$base/dev.log" || fail "the training run failed: $(cat "$clone/target/sluice-training.log")"
    curl -fsS "$(offered)" | tar tz || fail "cannot download $(offered): $(cat "$base/dev.log")"
    stop_dev
}

# The Nth shell block of the README's "Your first generator".
block() {
    awk -v wanted="$1" '/^## /{on = /^## Your first generator/} on && /```sh/{n++; next} /```/{if (n == wanted) exit; next}
        on && n == wanted {sub(/^   /, ""); print}' "$clone/README.md"
}

# Runs a block like a reader in another terminal, with the port of this run; retries until it succeeds.
type_block() {
    local commands printed
    commands=$(block "$1")
    for _ in $(seq 300); do
        if printed=$( (as_newcomer bash -euo pipefail -c "${commands//:8001/:$port}") 2>&1); then
            echo "$printed"
            return 0
        fi
        sleep 1
    done
    fail "block $1 of the README does not work: $commands $printed $(cat "$base/dev.log")"
}

try_first_generator() {
    until='press Ctrl-C to stop' start_dev "$(block 1)"
    type_block 2
    type_block 3
    stop_dev
}

nothing_goes_on() {
    for _ in $(seq 10); do
        pgrep -u "$user" >/dev/null || return 0
        sleep 1
    done
    fail "processes still running after ./sluice dev: $(pgrep -a -u "$user")"
}

move_in
say "mvn verify in '$clone' as ${user:-$(id -un)}"
(as_newcomer mvn -B -ntp verify "$@")
say './sluice dev'
try_dev
if [ -x "$base/tools/KUBEBUILDER_ASSETS/kubectl" ]; then
    environment+=("PATH=$PATH:$base/tools/KUBEBUILDER_ASSETS")
    say 'your first generator'
    try_first_generator
else
    say 'kubectl not found; skipping "Your first generator"'
fi
say 'done'
