#!/usr/bin/env bash
# Fetches Debian's Prometheus without installing it, once, for the test that evaluates our dashboard and alert rules.
#
# Usage: prometheus.sh
#   Progress goes to stderr. The directory with prometheus and promtool is the only line on stdout: give it to the tests
#   as SLUICE_PROMETHEUS. Where there is no apt, or no package, stdout stays empty and the exit code is 0: that test
#   then says that it skips.
#
# SLUICE_PROMETHEUS_CACHE  where it is kept (default: sluice/prometheus in the user's cache directory)
set -euo pipefail

cache=${SLUICE_PROMETHEUS_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_PROMETHEUS_CACHE}/.cache}/sluice/prometheus}

say() { printf '[prometheus] %s\n' "$*" >&2; }

have() { [ -x "$1/usr/bin/prometheus" ] && [ -x "$1/usr/bin/promtool" ]; }

if have "$cache/tree"; then
    say "in the cache: $cache/tree/usr/bin"
    echo "$cache/tree/usr/bin"
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    say 'no apt here: going on without Prometheus'
    exit 0
fi

mkdir -p "$cache"
work=$(mktemp -d "$cache/fetching.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
if ! timeout 120 apt-get download prometheus >fetch.log 2>&1; then
    # a fresh container has no package lists yet
    timeout 120 apt-get update >>fetch.log 2>&1 || true
    if ! timeout 120 apt-get download prometheus >>fetch.log 2>&1; then
        say "the package cannot be fetched ($(tail -n 1 fetch.log)): going on without Prometheus"
        exit 0
    fi
fi
dpkg -x prometheus_*.deb tree
if ! have tree; then
    say 'the package holds no prometheus and promtool: going on without'
    exit 0
fi
mv -T tree "$cache/tree" 2>/dev/null || have "$cache/tree"
say "fetched: $cache/tree/usr/bin"
echo "$cache/tree/usr/bin"
