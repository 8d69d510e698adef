# The common part of the scripts that build a tool once and keep it in a cache. A script sets these, then calls the
# functions below in their order:
#
# tool      the name of the tool, for its lines on stderr
# without   what the tests go on without when it is not to be had
# tools     the directory in the cache that holds it; "cached PREFIX" makes its name from what decides the build
# have      a function: whether the tool is in $tools
# found     a function: says where the tool is and prints it
#
# SLUICE_KUBE_TOOLS_CACHE  where tools are kept (default: sluice/kube-tools in the user's cache directory)
cache=${SLUICE_KUBE_TOOLS_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_KUBE_TOOLS_CACHE}/.cache}/sluice/kube-tools}

say() { printf '[%s] %s\n' "$tool" "$*" >&2; }

# Ends the script without the tool: what needs it is skipped, which is no error.
go_on_without() {
    say "$1: going on without $without"
    exit 0
}

# cached PREFIX  the directory for a build that follows from the standard input and the platform.
cached() {
    echo "$cache/$1$({ cat; uname -sm; } | sha256sum | cut -c1-16)"
}

# take_or_begin SECONDS  ends with the tool of the cache, where it is; else makes $building, a directory for the result.
# Two runs at the same moment would only slow each other down: the second waits for so long and takes what the first built.
take_or_begin() {
    ! have || end_with 'in the cache'
    command -v go >/dev/null || go_on_without 'no Go here'
    mkdir -p "$cache"
    if command -v flock >/dev/null; then
        exec 9>"$tools.lock"
        limited "$1" flock 9 || go_on_without 'another run has been building it for too long'
        ! have || end_with 'in the cache'
    fi
    building=$(mktemp -d "$tools.building.XXXXXX")
    trap 'rm -rf "$building"' EXIT
    # No C compiler is needed, and the paths of this machine stay out of the binaries.
    export CGO_ENABLED=0
}

# download SECONDS COMMAND...  a command that asks the Go module proxy for modules.
download() {
    if ! limited "$@" >/dev/null 2>"$building/download.log"; then
        go_on_without "the Go module proxy does not answer ($(tail -n 1 "$building/download.log"))"
    fi
    rm -f "$building/download.log"
}

# build SECONDS COMMAND...  a build. Go keeps what was compiled in that time, so that the next run gets further. A build
# that breaks is an error.
build() {
    local code=0
    limited "$@" || code=$?
    [ "$code" != 124 ] || go_on_without 'not built in the time that there is (the next run goes on from here)'
    return "$code"
}

# keep  moves $building into the cache, and ends with the tool.
keep() {
    chmod 755 "$building"
    if ! mv -T "$building" "$tools" 2>/dev/null && ! have; then
        say "cannot move $building to $tools: remove what stands there and run again"
        exit 1
    fi
    end_with "built in $SECONDS s"
}

end_with() {
    found "$1"
    exit 0
}

# limited SECONDS COMMAND...  runs a command for at most so long, and not beyond SLUICE_TOOLS_DEADLINE, in seconds since
# the epoch, where .ci/run has set one: all tools together must leave time for the tests. Its exit code is 124 when the
# time is up.
limited() {
    local limit=$1 left
    shift
    if [ -n "${SLUICE_TOOLS_DEADLINE:-}" ]; then
        left=$((SLUICE_TOOLS_DEADLINE - $(date +%s)))
        if [ "$left" -lt "$limit" ]; then
            limit=$left
        fi
        if [ "$limit" -lt 1 ]; then
            return 124
        fi
    fi
    timeout "$limit" "$@"
}
