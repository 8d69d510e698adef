#!/usr/bin/env bash
# Runs the trial of deploy/cluster from nothing to nothing. Exit code 3: this machine cannot run a node, and one line says why.
#
# Usage: cluster-trial.sh [short | all]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1:-short} in
    short) limit=900 steps=() ;;
    all) limit=7200 steps=(all) ;;
    *)
        sed -n '4s/^# //p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
# A run of its own, so that a node that somebody uses is left alone.
export SLUICE_CLUSTER=${SLUICE_CLUSTER:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice/cluster-ci}
deploy/cluster down 2>/dev/null
trap 'deploy/cluster down' EXIT
deploy/cluster up
timeout --kill-after=30 "$limit" deploy/cluster test "${steps[@]}"
