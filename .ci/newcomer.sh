#!/usr/bin/env bash
# The README's two commands as a newcomer runs them: mvn verify, and ./sluice dev until an artifact is downloaded. In a
# clone of what is committed, in a path with a blank, as another user than root, with an environment that is empty but
# for a Docker host at which nobody answers and the tools that tests would otherwise go without. Where the caller is not
# root, the user is the caller's own. Takes its user and all its files away again. Arguments are Maven's.
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

# Copies a tool to where the newcomer may read it.
lend() {
    local name=$1 from=${!1:-}
    [ -n "$from" ] || return 0
    cp -rL "$from" "$base/tools/$name"
    environment+=("$name=$base/tools/$name")
}

# Becomes the command, in the clone.
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
    for name in KUBEBUILDER_ASSETS SLUICE_HELM SLUICE_FLUX SLUICE_PROMETHEUS SLUICE_GO_REFERENCE; do lend "$name"; done
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

# The address of an artifact as dev offers it for download; empty while there is none.
offered() { sed -n 's/^ *download *curl -s \([^ ]*\) .*/\1/p' "$base/dev.log" | head -n 1; }

try_dev() {
    local port=$((20000 + RANDOM % 10000)) url= code=0
    (as_newcomer ./sluice dev --api-port "$port" --artifact-port $((port + 1)) --metrics-port $((port + 2)) \
        --health-port $((port + 3)) --management-port $((port + 4))) >"$base/dev.log" 2>&1 &
    launcher=$!
    for _ in $(seq 600); do
        url=$(offered)
        { [ -z "$url" ] && kill -0 "$launcher" 2>/dev/null; } || break
        sleep 1
    done
    [ -n "$url" ] || fail "./sluice dev offers no artifact: $(cat "$base/dev.log")"
    curl -fsS "$url" | tar tz || fail "$url cannot be downloaded: $(cat "$base/dev.log")"
    kill -TERM "$launcher"
    wait "$launcher" || code=$?
    launcher=
    [ "$code" = 143 ] || fail "./sluice dev ended with $code after SIGTERM: $(cat "$base/dev.log")"
    [ -z "$user" ] || nothing_goes_on
}

nothing_goes_on() {
    for _ in $(seq 10); do
        pgrep -u "$user" >/dev/null || return 0
        sleep 1
    done
    fail "these go on after ./sluice dev: $(pgrep -a -u "$user")"
}

move_in
say "mvn verify in '$clone' as ${user:-$(id -un)}"
(as_newcomer mvn -B -ntp verify "$@")
say './sluice dev'
try_dev
say 'done'
