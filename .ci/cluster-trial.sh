#!/usr/bin/env bash
# Runs the trial of deploy/cluster from nothing to nothing. Exit code 3: this machine cannot run a node, and one line says why.
#
# Usage: cluster-trial.sh [all]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A run of its own, so that a node that somebody uses is left alone.
export SLUICE_CLUSTER=${SLUICE_CLUSTER:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice/cluster-ci}
deploy/cluster down 2>/dev/null
trap 'deploy/cluster down' EXIT
deploy/cluster up
limit=900
[ "${1:-}" != all ] || limit=5400
timeout --kill-after=30 "$limit" deploy/cluster test "$@"
