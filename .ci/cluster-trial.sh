#!/usr/bin/env bash
# Runs the trial of deploy/cluster from nothing to nothing. Exit code 3: this machine cannot run a node, and one line says why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A run of its own, so that a node that somebody uses is left alone.
export SLUICE_CLUSTER=${SLUICE_CLUSTER:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice/cluster-ci}
deploy/cluster down 2>/dev/null
trap 'deploy/cluster down' EXIT
deploy/cluster up
timeout --kill-after=30 900 deploy/cluster test
