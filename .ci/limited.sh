# For the scripts that build tools, which read this file.
#
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

# limited_build WITHOUT SECONDS COMMAND...  the same for a build. When its time is up, the script says that it goes on
# without that tool and ends; Go keeps what was compiled, so that the next run gets further. One that breaks is an error.
limited_build() {
    local without=$1 code=0
    shift
    limited "$@" || code=$?
    if [ "$code" = 124 ]; then
        say "not built in the time that there is: going on without $without; the next run goes on from here"
        exit 0
    fi
    return "$code"
}

# limited_lock WITHOUT SECONDS  waits for the lock on descriptor 9.
limited_lock() {
    if ! limited "$2" flock 9; then
        say "another run has been building it for too long: going on without $1"
        exit 0
    fi
}
