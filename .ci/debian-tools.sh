#!/usr/bin/env bash
# Downloads Debian packages once without installing them, for deploy/cluster.
#
# Usage: debian-tools.sh          the programs of a Kubernetes node
#        debian-tools.sh volume   GlusterFS, for a volume on several nodes
#   Progress goes to stderr. The only line on stdout is a directory with
#     tree/        programs and libraries that are not installed on this machine
#     base/        a stand-in for the base image of the Dockerfile: libc, time zones and certificates; no shell
#     build/       a stand-in for its build image: Debian with Maven; the JDK is the one of this machine
#   of which a volume has only the first one.
#   Without apt or the packages, stdout is empty and the exit code is 0: the chart is then not tried on a cluster.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=debian-tools without='a cluster' builder=dpkg-deb origin=Debian
in_base=() in_build=
case ${1:-node} in
    node)
        installed=(buildah busybox containerd containernetworking-plugins debootstrap ipset iproute2 iptables jq procps runc)
        in_base=(base-files ca-certificates libc6 netbase tzdata)
        in_build=ca-certificates-java,ca-certificates,openjdk-17-jre-headless,maven
        ;;
    volume) installed=(glusterfs-server) ;;
    *)
        sed -n '4,5p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
tools=$(echo "${installed[*]} ${in_base[*]} $in_build" | cached debian-)

have() { [ -d "$tools/tree" ] && { [ -z "$in_build" ] || { [ -d "$tools/base" ] && [ -x "$tools/build/usr/bin/mvn" ]; }; }; }

found() {
    say "$1: Debian packages in $tools"
    echo "$tools"
}

# The packages that apt would install for the programs.
missing() { apt-get install -s --no-install-recommends "${installed[@]}" | awk '/^Inst/ && $3 !~ /^\[/ { print $2 }'; }

fetch() {
    cd "$building/packages"
    download 60 sh -c 'missing=$1; shift; [ -z "$missing" ] || apt-get -q download $missing; [ $# = 0 ] || { cd ../in-base; apt-get -q download "$@"; }' - \
        "$(missing | tr '\n' ' ')" "${in_base[@]}"
}

# The content of Google's distroless base image.
make_base() {
    local package
    for package in "$building"/in-base/*.deb; do dpkg-deb -x "$package" "$building/base"; done
    cd "$building/base"
    rm -rf bin sbin usr/bin usr/sbin usr/share/doc usr/share/man usr/share/lintian usr/share/bug
    mkdir -p etc/ssl/certs home/nonroot tmp
    chmod 1777 tmp var/tmp
    cat usr/share/ca-certificates/mozilla/*.crt >etc/ssl/certs/ca-certificates.crt
    printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \
        nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >etc/passwd
    printf '%s\n' root:x:0: nobody:x:65534: nonroot:x:65532: >etc/group
}

make_build() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -vm 1 security)
    # in mounts of its own, so that an interrupted run leaves none
    download 900 unshare --mount --propagation private env "DEBOOTSTRAP_DIR=$building/tree/usr/share/debootstrap" "PATH=$building/tree/usr/sbin:$building/tree/usr/bin:$PATH" \
        debootstrap --variant=minbase --include="$in_build" "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$building/build" "$mirror"
    rm -rf "$building"/build/var/cache/apt/archives/*.deb "$building"/build/var/lib/apt/lists/*
    # the certificate authorities of this machine, which may have a proxy
    cp -L /etc/ssl/certs/ca-certificates.crt "$building/build/etc/ssl/certs/"
    [ ! -f /etc/ssl/certs/java/cacerts ] || cp -L /etc/ssl/certs/java/cacerts "$building/build/etc/ssl/certs/java/"
}

command -v apt-get >/dev/null || have || go_on_without 'apt not found'
take_or_begin 1800
mkdir -p "$building"/{packages,in-base,tree,base}
say 'downloading packages'
missing >/dev/null 2>&1 || limited 120 apt-get update >/dev/null 2>&1 || true
fetch
for package in "$building"/packages/*.deb; do [ ! -f "$package" ] || dpkg-deb -x "$package" "$building/tree"; done
if [ -n "$in_build" ]; then
    make_base
    say 'installing the build image with debootstrap'
    make_build
fi
rm -rf "$building/packages" "$building/in-base"
keep
