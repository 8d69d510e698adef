#!/usr/bin/env bash
# kubectl for clusters without nodes: `exec` runs the command on this machine, where /data is the directory of the
# container's volume; all other commands are passed to kubectl.
#
#   KUBECTL  the real kubectl
#   VOLUMES  a directory with a file for each running workload, such as pod/copy-pod; it contains its volume's directory
set -euo pipefail

namespace=(-n default) run=false input=/dev/null target=
if [ "${1:-}" = -n ]; then
    namespace=(-n "$2")
fi
if [ "${3:-}" != exec ] && [ "${1:-}" != exec ]; then
    exec "$KUBECTL" "$@"
fi
[ "${1:-}" != -n ] || shift 2
shift
while [ $# -gt 0 ]; do
    case $1 in
        -i) input=/dev/stdin ;;
        --) shift && run=true && break ;;
        -*) echo "kubectl-exec.sh: unsupported option $1" >&2 && exit 2 ;;
        *) target=$1 ;;
    esac
    shift
done
$run || { echo "kubectl exec needs -- and a command" >&2 && exit 2; }
case $target in */*) ;; *) target=pod/$target ;; esac

name=$("$KUBECTL" "${namespace[@]}" get "$target" -o jsonpath='{.kind}/{.metadata.name}')
[ -f "$VOLUMES/$name" ] || { echo "error: unable to upgrade connection: container not found (\"$name\")" >&2 && exit 1; }
volume=$(cat "$VOLUMES/$name")
exec "${@//\/data/$volume}" <"$input"
