# Runs a container on this machine like a kubelet: pod.sh ROOT DATA ETC SECRETS CGROUP COMMAND…
# Needs root, for mounts in a private mount namespace and to change the user.
#
#   ROOT     root of the image; files of its base image come from this machine
#   DATA     the volume, at /data;  ETC: hosts and so on;  SECRETS: the service account's files, or -
#   CGROUP   a cgroup to enter, or -
set -eu
root=$1 data=$2 etc=$3 secrets=$4 cgroup=$5
shift 5
[ "$cgroup" = - ] || echo $$ >"$cgroup/cgroup.procs"
new=/mnt
mount -t tmpfs -o mode=755 tmpfs $new
mkdir -p $new/opt $new/app $new/data $new/tmp $new/lib $new/lib64 $new/proc $new/dev $new/sys $new/etc \
    $new/var/run/secrets/kubernetes.io/serviceaccount
for part in opt app; do
    mount --bind "$root/$part" $new/$part
    mount -o remount,ro,bind $new/$part
done
for part in lib lib64 proc dev sys; do
    [ ! -d /$part ] || mount --rbind /$part $new/$part
done
mount --bind "$etc" $new/etc
mount -o remount,ro,bind $new/etc
[ "$secrets" = - ] || mount --bind "$secrets" $new/var/run/secrets/kubernetes.io/serviceaccount
mount -t tmpfs -o mode=1777 tmpfs $new/tmp
mount --bind "$data" $new/data
mount -o remount,ro $new
cd /
exec setpriv --no-new-privs -- chroot --userspec=65534:65534 --groups=1337 $new "$@"
