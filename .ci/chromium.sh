#!/usr/bin/env bash
# Finds Chromium, or downloads Debian's headless one with fonts once without installing it, for the tests of the console.
#
# Usage: chromium.sh
#   Progress goes to stderr. The only line on stdout is the path of the program: pass it to the tests as SLUICE_CHROMIUM.
#   Without apt or the packages, or if the download takes longer than CI can wait, stdout is empty and the exit code is 0:
#   the tests are then skipped with a message.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=chromium without=Chromium builder=dpkg-deb origin='Debian'
for name in chromium google-chrome chromium-browser; do
    if program=$(command -v "$name"); then
        say "installed: $program"
        echo "$program"
        exit 0
    fi
done
packages=(chromium-headless-shell fonts-inter fonts-dejavu-core)
# The test runs as another user, in a copy of the directory.
start='#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
for libraries in "$here"/tree/usr/lib/*-linux-gnu; do
    export LD_LIBRARY_PATH="$libraries:$libraries/pulseaudio${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
done
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/tree/usr/lib/chromium/chromium-headless-shell" "$@"'
fonts='<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">tree/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>system-ui</family><prefer><family>Inter</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Inter</family></prefer></alias>
  <alias><family>ui-monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>'
tools=$(echo "${packages[*]} $start $fonts" | cached chromium-)

have() { [ -x "$tools/chromium" ] && [ -d "$tools/tree" ]; }

found() {
    say "$1: $tools/chromium"
    echo "$tools/chromium"
}

# The packages that apt would install for these.
missing() { apt-get install -s --no-install-recommends "${packages[@]}" | awk '/^Inst/ && $3 !~ /^\[/ { print $2 }'; }

command -v apt-get >/dev/null || have || go_on_without 'apt not found'
take_or_begin 600
cd "$building"
# a new container has no package lists, and old lists name packages that are no longer there
missing >list 2>/dev/null || limited 120 apt-get update >/dev/null 2>&1 || true
if ! missing >list 2>/dev/null; then
    go_on_without "no package ${packages[0]}"
fi
say "downloading $(wc -l <list) packages"
# fonts that are installed are not missing, but the browser only uses its own
mkdir packages tree
download 300 sh -c 'cd packages; apt-get -q download $(cat ../list) "$@" || { apt-get update; apt-get -q download $(cat ../list) "$@"; }' - "${packages[@]}"
for package in packages/*.deb; do dpkg-deb -x "$package" tree; done
rm -rf list packages tree/usr/share/{doc,man,locale,lintian}
echo "$start" >chromium
chmod 755 chromium
echo "$fonts" >fonts.conf
if ! limited 60 ./chromium --version >&2; then
    go_on_without 'the packages do not contain a program that starts'
fi
keep
