#!/usr/bin/env bash
# Downloads Debian's Prometheus once without installing it, for the test that evaluates our dashboard and alert rules.
#
# Usage: prometheus.sh
#   Progress goes to stderr. The only line on stdout is the directory with prometheus and promtool: pass it to the tests
#   as SLUICE_PROMETHEUS. Without apt or the package, stdout is empty and the exit code is 0: the test is then skipped with a
#   message.
#
# SLUICE_PROMETHEUS_CACHE  the cache directory (default: sluice/prometheus in the user's cache directory)
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
    say 'apt not found; continuing without Prometheus'
    exit 0
fi

mkdir -p "$cache"
work=$(mktemp -d "$cache/fetching.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
if ! timeout 120 apt-get download prometheus >fetch.log 2>&1; then
    # a new container has no package lists
    timeout 120 apt-get update >>fetch.log 2>&1 || true
    if ! timeout 120 apt-get download prometheus >>fetch.log 2>&1; then
        say "cannot download the package ($(tail -n 1 fetch.log)); continuing without Prometheus"
        exit 0
    fi
fi
dpkg -x prometheus_*.deb tree
if ! have tree; then
    say 'the package does not contain prometheus and promtool; continuing without Prometheus'
    exit 0
fi
mv -T tree "$cache/tree" 2>/dev/null || have "$cache/tree"
say "fetched: $cache/tree/usr/bin"
echo "$cache/tree/usr/bin"
