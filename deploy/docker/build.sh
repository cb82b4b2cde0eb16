#!/usr/bin/env bash
# Builds Dockerfile or Dockerfile.gateway at the root, as it is, where there is no container engine and no image registry: with buildah, in a chroot, on the base images that
# base-images.sh makes.
#
#   deploy/docker/build.sh [amd64|arm64] [model-api|gateway]
#
# The image is left in buildah's own store as localhost/python-model-api or localhost/skiff-gateway, :latest (amd64) or :arm64. Packages come from NuGet through this machine's cache and
# certificates, which are mounted while building and end up in no layer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

arch=${1:-amd64}
case $arch in
    amd64) tag=latest ;;
    arm64) tag=arm64 ;;
    *) echo "build: no build for the architecture $arch: use amd64 or arm64" >&2; exit 2 ;;
esac
case ${2:-model-api} in
    model-api) image=localhost/python-model-api:$tag dockerfile=Dockerfile ;;
    gateway) image=localhost/skiff-gateway:$tag dockerfile=Dockerfile.gateway ;;
    *) echo "build: no image $2: use model-api or gateway" >&2; exit 2 ;;
esac

deploy/docker/base-images.sh

packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
mkdir -p "$packages"
mounts=(-v "$packages:/root/.nuget/packages")
for folder in /etc/ssl/certs /usr/share/ca-certificates /usr/local/share/ca-certificates; do
    if [ -d "$folder" ]; then
        mounts+=(-v "$folder:$folder:ro")
    fi
done

# Older versions of buildah do not set BUILDPLATFORM themselves, and look for the second stage's image on the first one's platform unless it is named by its id.
runtime_image=$(buildah images --quiet --no-trunc "localhost/skiff-runtime-deps:$arch")
buildah build --isolation chroot --format docker --pull-never --platform "linux/$arch" "${mounts[@]}" \
    --build-arg BUILDPLATFORM="linux/$(dpkg --print-architecture)" \
    --build-arg SDK_IMAGE=localhost/skiff-sdk:latest \
    --build-arg RUNTIME_IMAGE="$runtime_image" \
    --build-arg REVISION="$(git rev-parse HEAD 2>/dev/null || echo unknown)" \
    --file "$dockerfile" --tag "$image" .
