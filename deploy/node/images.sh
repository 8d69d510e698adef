# The images: both targets of the Dockerfile, built by buildah on stand-ins for its base images, and one image with everything
# else that runs in pods. They are kept in the cache by the content that they are built from.
images=${SLUICE_CLUSTER_IMAGES:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice/cluster-images}
services=(reconciler-service artifact-server-service)
tag=trial
programs=(busybox coredns downloads helm-controller kustomize-controller pause source-controller wget)

with_buildah() {
    local configuration policy=()
    configuration=$(first "$SLUICE_DEBIAN_TOOLS/tree/etc/containers" /etc/containers)
    case $1 in bud | commit | push) policy=(--signature-policy "$configuration/policy.json") ;; esac
    # in mounts of its own, so that an interrupted build leaves none; buildah starts itself again without LD_LIBRARY_PATH
    TMPDIR=$images/tmp unshare --mount --propagation private \
        sh -c '[ ! -d "$1" ] || mount -t overlay overlay -o "lowerdir=$1:$2" "$2"; shift 2; exec "$@"' - "$libraries" "${libraries#"$SLUICE_DEBIAN_TOOLS/tree"}" \
        buildah --root "$images/storage" --runroot "$images/run" --storage-driver overlay \
        --registries-conf "$configuration/registries.conf" "$1" "${policy[@]}" "${@:2}"
}

# The files that the Dockerfile copies, except tests.
services_key() {
    cd "$home"
    {
        git ls-files -co --exclude-standard -- . ':!*/src/test/*' ':!docs' ':!charts' ':!.*' ':!*.md' ':!deploy/node' ':!deploy/cluster' \
            | LC_ALL=C sort | while read -r file; do [ ! -f "$file" ] || sha256sum "$file"; done
        echo "$SLUICE_DEBIAN_TOOLS $jdk"
    } | sha256sum | cut -c1-16
}

tools_key() {
    local name
    for name in "${programs[@]}"; do command -v "$name"; done | cat - "$home/deploy/node/images.sh" | sha256sum | cut -c1-16
}

find_jdk_25() {
    local candidate
    for candidate in "${SLUICE_IMAGE_JDK:-}" "${JAVA_HOME_25:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/*; do
        if [ -x "$candidate/bin/jlink" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
            realpath "$candidate"
            return
        fi
    done
}

# commit IMAGE CONTAINER  commits and removes the container.
commit() {
    with_buildah commit -q "$2" "localhost/$1" >/dev/null
    with_buildah rm "$2" >/dev/null
}

stand_ins() {
    local container java=/opt/java/jdk-25 key
    key=$(echo "$SLUICE_DEBIAN_TOOLS $jdk" | sha256sum | cut -c1-16)
    base=base:$key build=build:$key
    if with_buildah inspect --type image "localhost/$build" >/dev/null 2>&1; then return; fi
    say 'preparing stand-ins for the base images of the Dockerfile'
    container=$(with_buildah from scratch)
    with_buildah copy -q "$container" "$SLUICE_DEBIAN_TOOLS/base" / >/dev/null
    commit "$base" "$container"
    container=$(with_buildah from scratch)
    with_buildah copy -q "$container" "$SLUICE_DEBIAN_TOOLS/build" / >/dev/null
    with_buildah copy -q "$container" "$jdk" "$java" >/dev/null
    [ ! -f /etc/ssl/certs/java/cacerts ] \
        || with_buildah copy -q "$container" /etc/ssl/certs/java/cacerts "$java/lib/security/cacerts" >/dev/null
    with_buildah config --env "JAVA_HOME=$java" --env "PATH=$java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$container"
    commit "$build" "$container"
}

build_service() {
    local started=$SECONDS
    say "building the target $1 of the Dockerfile"
    with_buildah bud --isolation chroot --layers --pull-never --build-arg "BUILD_IMAGE=localhost/$build" \
        --build-arg "BASE_IMAGE=localhost/$base" --target "$1" --tag "sluice.invalid/$1:$tag" "$home" >"$images/tmp/$1.log" 2>&1 \
        || fail "the Dockerfile cannot be built: $(tail -n 30 "$images/tmp/$1.log")"
    archive "sluice.invalid/$1:$tag" "$1"
    say "built $1 in $((SECONDS - started)) s"
}

# archive IMAGE NAME
archive() { with_buildah push -q "$1" "docker-archive:$building/$2.tar:$1" >/dev/null; }

# All programs that run in pods, the tools of "helm test" and the first process of a pod.
build_tools() {
    local container root=$building/tools name
    mkdir -p "$root/bin"
    cp -a "$SLUICE_DEBIAN_TOOLS/base/." "$root/"
    for name in "${programs[@]}"; do cp -L "$(command -v "$name")" "$root/bin/"; done
    for name in cat date find head sh sha256sum sleep; do ln -s busybox "$root/bin/$name"; done
    container=$(with_buildah from scratch)
    with_buildah copy -q "$container" "$root" / >/dev/null
    with_buildah config --entrypoint '["/bin/pause"]' --env PATH=/bin --user 65534:65534 "$container"
    commit "tools:$tag" "$container"
    archive "localhost/tools:$tag" tools
    rm -rf "$root"
}

build_services() {
    local service
    for service in "${services[@]}"; do build_service "$service"; done
}

# build_missing KIND DIRECTORY  builds images unless they are in the cache; of earlier builds, one is kept.
build_missing() {
    local target=$2 building
    if [ -d "$target" ]; then
        touch "$target"
        return
    fi
    building=$(mktemp -d "$images/building.XXXXXX")
    stand_ins
    "build_$1"
    mv -T "$building" "$target"
    find "$images" -maxdepth 1 -name "$1-*" -printf '%T@ %p\n' | sort -rn | tail -n +3 | cut -d' ' -f2- | xargs -r rm -rf
}

# Sets the directories of the images. Their names are determined once, because the sources can change during a build.
name_images() {
    jdk=$(find_jdk_25)
    [ -n "$jdk" ] || untried 'no JDK 25 for the images (SLUICE_IMAGE_JDK)'
    tools_images=$images/tools-$(tools_key)
    services_images=$images/services-$(services_key)
}

build_images() {
    mkdir -p "$images/tmp"
    build_missing tools "$tools_images"
    build_missing services "$services_images"
    find "$images" -maxdepth 1 -name 'building.*' -mmin +120 -exec rm -rf {} +
    with_buildah prune -f >/dev/null 2>&1 || true
}

import_images() {
    local archive
    for archive in "$tools_images"/*.tar "$services_images"/*.tar; do
        in_node ctr -n k8s.io images import "$archive" >/dev/null
    done
    # the image of "helm test", and that of a pod's first process
    in_node ctr -n k8s.io images tag "localhost/tools:$tag" docker.io/library/busybox:1.37 >/dev/null
    in_node ctr -n k8s.io images tag "localhost/tools:$tag" sluice.invalid/tools:1 >/dev/null
    say 'images are imported'
}
