#!/usr/bin/env bash
# Makes stand-ins for the official base images of the Dockerfile, for machines that reach Debian's archive but no image registry:
#
#   localhost/skiff-sdk                 the SDK with the Native AOT prerequisites, like mcr.microsoft.com/dotnet/sdk:10.0-noble-aot
#   localhost/skiff-runtime-deps:amd64  what a native .NET program links to and no more, like mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
#   localhost/skiff-runtime-deps:arm64  the same for arm64
#
#   deploy/docker/base-images.sh [--force]
#
# Needs root, buildah and debootstrap, and the .NET SDK of the machine, which is copied into the SDK image. Images that are there already, made by this
# version of the script from the same SDK, are kept. SKIFF_DEBIAN_SUITE (bookworm) and SKIFF_DEBIAN_MIRROR say what they are made from.
set -euo pipefail
export BUILDAH_ISOLATION=chroot

suite=${SKIFF_DEBIAN_SUITE:-bookworm}
mirror=${SKIFF_DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
force=${1:-}

die() { echo "base-images: $*" >&2; exit 1; }
say() { echo "base-images: $*" >&2; }

[ "$(id -u)" = 0 ] || die "needs root, to unpack Debian packages with their owners"
for tool in buildah debootstrap dotnet dpkg-deb; do
    command -v "$tool" >/dev/null || die "needs $tool (apt-get install buildah debootstrap; the .NET 10 SDK)"
done
[ -e "$keyring" ] || die "needs $keyring (apt-get install debian-archive-keyring)"

dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
sdk_version=$(dotnet --version)
host=$(dpkg --print-architecture)
case $host in
    amd64) cross_compiler="gcc-aarch64-linux-gnu,libc6-dev-arm64-cross" ;;
    arm64) cross_compiler="gcc-x86-64-linux-gnu,libc6-dev-amd64-cross" ;;
    *) die "no .NET program is built on $host: use a machine with amd64 or arm64" ;;
esac
made_by="$(sha256sum "${BASH_SOURCE[0]}" | cut -c1-16) $suite $sdk_version"

work=$(mktemp -d)
containers=()
clean() {
    for container in "${containers[@]}"; do
        buildah rm "$container" >/dev/null 2>&1 || true
    done
    rm -rf "$work"
}
trap clean EXIT

# present IMAGE: whether this very script, suite and SDK made the image already.
present() {
    [ "$force" != --force ] && buildah inspect --type image --format '{{index .OCIv1.Config.Labels "skiff.made-by"}}' "$1" 2>/dev/null | grep -qxF "$made_by"
}

# commit CONTAINER IMAGE
commit() {
    buildah config --label "skiff.made-by=$made_by" "$1"
    buildah commit --quiet --format docker --rm "$1" "$2" >/dev/null
    say "made $2"
}

sdk_image() {
    local image=localhost/skiff-sdk:latest container root
    if present "$image"; then
        say "kept $image"
        return
    fi
    container=$(buildah from --quiet scratch)
    containers+=("$container")
    root=$(buildah mount "$container")
    # clang, llvm and zlib1g-dev are what the official AOT image adds; the cross compiler lets the Dockerfile build for the other architecture without a package mirror.
    debootstrap --variant=minbase --keyring="$keyring" \
        --include=ca-certificates,clang,llvm,zlib1g-dev,$cross_compiler,libicu72,libssl3,libstdc++6 \
        "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 || { tail -20 "$work/debootstrap.log" >&2; die "debootstrap failed"; }
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}
    mkdir -p "$root/usr/share/dotnet"
    cp -a "$dotnet_root/." "$root/usr/share/dotnet/"
    ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
    buildah config --arch "$host" --os linux --cmd /bin/bash \
        --env DOTNET_NOLOGO=true --env DOTNET_CLI_TELEMETRY_OPTOUT=true --env DOTNET_GENERATE_ASPNET_CERTIFICATE=false \
        --env DOTNET_RUNNING_IN_CONTAINER=true --env NUGET_XMLDOC_MODE=skip "$container"
    commit "$container" "$image"
}

# fetch ARCH PACKAGE...: downloads packages of another machine's architecture without telling this machine's package manager of it.
fetch() {
    local arch=$1 apt="$work/apt-$1"
    shift
    mkdir -p "$apt"/{lists/partial,cache/archives/partial,debs}
    : >"$apt/status"
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
    local options=(-qq -o "APT::Architecture=$arch" -o "APT::Architectures=$arch" -o Dir::Etc=/nonexistent -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o "Dir::State=$apt" -o "Dir::State::Lists=$apt/lists" -o "Dir::State::Status=$apt/status" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    (cd "$apt/debs" && apt-get "${options[@]}" download "$@")
}

runtime_image() {
    local arch=$1 image="localhost/skiff-runtime-deps:$1" container root deb
    if present "$image"; then
        say "kept $image"
        return
    fi
    fetch "$arch" base-files ca-certificates libc6 libgcc-s1 libssl3 libstdc++6
    container=$(buildah from --quiet scratch)
    containers+=("$container")
    root=$(buildah mount "$container")
    mkdir -p "$root"/usr/{bin,lib,lib64,sbin} "$root"/{etc/ssl/certs,home/app,tmp,var/tmp}
    for folder in bin lib lib64 sbin; do
        ln -s "usr/$folder" "$root/$folder"
    done
    for deb in "$work/apt-$arch"/debs/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$root"
    done
    # No shell and no programs, only libraries, their licences and the certificates.
    cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
    find "$root/usr/share" -mindepth 1 -maxdepth 1 ! -name doc ! -name common-licenses -exec rm -rf {} +
    find "$root/usr/share/doc" -type f ! -name copyright -delete
    rm -rf "$root"/usr/bin/* "$root"/usr/sbin/* "$root"/usr/lib/*/gconv "$root"/etc/{update-motd.d,ca-certificates,profile.d,dpkg,skel,default}
    echo 'root:x:0:0:root:/root:/sbin/nologin
app:x:1654:1654::/home/app:/bin/false' >"$root/etc/passwd"
    echo 'root:x:0:
app:x:1654:' >"$root/etc/group"
    echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
    chown 1654:1654 "$root/home/app"
    chmod 1777 "$root/tmp" "$root/var/tmp"
    buildah config --arch "$arch" --os linux --user 1654 --env APP_UID=1654 --env ASPNETCORE_HTTP_PORTS=8080 \
        --env DOTNET_RUNNING_IN_CONTAINER=true --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true "$container"
    commit "$container" "$image"
}

sdk_image
runtime_image amd64
runtime_image arm64
