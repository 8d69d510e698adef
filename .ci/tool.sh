# Common functions of the scripts that build a tool once and cache it. A script sets the following, then calls the functions
# below in order:
#
# tool      name of the tool, for messages on stderr
# without   what is missing in the tests without the tool, for messages
# tools     the tool's cache directory; "cached PREFIX" derives its name from the inputs of the build
# have      a function: whether the tool is in $tools
# found     a function: reports where the tool is and prints its path
# builder   the program that the build needs (default: go)
# origin    where it downloads from, for messages (default: the Go module proxy)
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory (default: sluice/kube-tools in the user's cache directory)
cache=${SLUICE_KUBE_TOOLS_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_KUBE_TOOLS_CACHE}/.cache}/sluice/kube-tools}

say() { printf '[%s] %s\n' "$tool" "$*" >&2; }

# Exits without the tool. Tests that need it are skipped; this is not an error.
go_on_without() {
    say "$1; continuing without $without"
    exit 0
}

# cached PREFIX  the cache directory of a build, derived from standard input and the platform.
cached() {
    echo "$cache/$1$({ cat; uname -sm; } | sha256sum | cut -c1-16)"
}

# take_or_begin SECONDS  exits with the cached tool if there is one; otherwise creates $building, a directory for the result.
# Concurrent runs would only slow each other down: the second one waits for up to SECONDS and uses the result of the first.
take_or_begin() {
    ! have || end_with 'in the cache'
    command -v "${builder:=go}" >/dev/null || go_on_without "$builder not found"
    mkdir -p "$cache"
    if command -v flock >/dev/null; then
        exec 9>"$tools.lock"
        limited "$1" flock 9 || go_on_without 'timed out waiting for another run that builds it'
        ! have || end_with 'in the cache'
    fi
    building=$(mktemp -d "$tools.building.XXXXXX")
    trap 'rm -rf "$building"' EXIT
    # Needs no C compiler and keeps local paths out of the binaries.
    export CGO_ENABLED=0
}

# download SECONDS COMMAND...  runs a command that downloads from $origin.
download() {
    if ! limited "$@" >/dev/null 2>"$building/download.log"; then
        go_on_without "cannot download from ${origin:-the Go module proxy} ($(tail -n 1 "$building/download.log"))"
    fi
    rm -f "$building/download.log"
}

# build SECONDS COMMAND...  runs a build. After a timeout, the next run continues, because Go caches compiled packages. A
# failed build is an error.
build() {
    local code=0
    limited "$@" || code=$?
    [ "$code" != 124 ] || go_on_without 'build timed out (the next run continues it)'
    return "$code"
}

# keep  moves $building into the cache and exits with the tool.
keep() {
    chmod 755 "$building"
    if ! mv -T "$building" "$tools" 2>/dev/null && ! have; then
        say "cannot move $building to $tools; remove $tools and run again"
        exit 1
    fi
    end_with "built in $SECONDS s"
}

end_with() {
    found "$1"
    exit 0
}

# limited SECONDS COMMAND...  runs a command with a timeout. SLUICE_TOOLS_DEADLINE, in seconds since the epoch, limits it
# further; .ci/run sets it, so that the tools leave enough time for the tests. The exit code after a timeout is 124.
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

# kubernetes_flags VERSION  linker flags that make the programs of k8s.io/kubernetes report their version.
kubernetes_flags() {
    local major minor stamp=k8s.io/component-base/version
    IFS=. read -r major minor _ <<<"${1#v}"
    echo "-s -w -X $stamp.gitVersion=$1 -X $stamp.gitMajor=$major -X $stamp.gitMinor=$minor -X $stamp.gitTreeState=clean"
}
