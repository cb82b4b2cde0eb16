# Builds the native `skiff` program and puts it, and nothing else, on a base image without a shell.
#
#   docker build -t python-model-api .
#   docker run -p 8000:8000 -v ./registry:/app/registry python-model-api
#
# docs/container.md tells the rest: baking a registry in, arm64, read-only file systems, building without an image registry.

ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble-aot
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

# The compiler runs on the machine's own architecture whatever it compiles for. The fallback is for builders that do not know BUILDPLATFORM.
FROM --platform=${BUILDPLATFORM:-linux} ${SDK_IMAGE} AS build
ARG TARGETARCH
WORKDIR /source

# A linker for the other architecture, only where one is asked for and the SDK image has none.
RUN set -eu; \
    host=$(dpkg --print-architecture); target=${TARGETARCH:-$host}; \
    case "$target" in \
        amd64) compiler=x86_64-linux-gnu-gcc; package=gcc-x86-64-linux-gnu ;; \
        arm64) compiler=aarch64-linux-gnu-gcc; package=gcc-aarch64-linux-gnu ;; \
        *) echo "No build for the architecture $target: use amd64 or arm64." >&2; exit 1 ;; \
    esac; \
    if [ "$target" != "$host" ] && ! command -v "$compiler" >/dev/null; then \
        apt-get update -q; \
        apt-get install -y -q --no-install-recommends "$package" "libc6-dev-$target-cross"; \
        rm -rf /var/lib/apt/lists/*; \
    fi

# What decides the packages comes first, so that a change of the code does not download them again.
COPY global.json NuGet.config Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY src/Directory.Build.props src/BannedSymbols.txt src/
COPY src/Skiff.Cli/Skiff.Cli.csproj src/Skiff.Cli/packages.lock.json src/Skiff.Cli/
COPY src/Skiff.Models/Skiff.Models.csproj src/Skiff.Models/packages.lock.json src/Skiff.Models/
COPY src/Skiff.Numerics/Skiff.Numerics.csproj src/Skiff.Numerics/packages.lock.json src/Skiff.Numerics/
COPY src/Skiff.Pickle/Skiff.Pickle.csproj src/Skiff.Pickle/packages.lock.json src/Skiff.Pickle/
COPY src/Skiff.Python/Skiff.Python.csproj src/Skiff.Python/packages.lock.json src/Skiff.Python/
COPY src/Skiff.Registry/Skiff.Registry.csproj src/Skiff.Registry/packages.lock.json src/Skiff.Registry/
COPY src/Skiff.Server/Skiff.Server.csproj src/Skiff.Server/packages.lock.json src/Skiff.Server/
COPY src/Skiff.ServiceDefaults/Skiff.ServiceDefaults.csproj src/Skiff.ServiceDefaults/packages.lock.json src/Skiff.ServiceDefaults/
COPY src/Skiff.Sklearn/Skiff.Sklearn.csproj src/Skiff.Sklearn/packages.lock.json src/Skiff.Sklearn/
RUN dotnet restore src/Skiff.Cli/Skiff.Cli.csproj --locked-mode -a "${TARGETARCH:-$(dpkg --print-architecture)}"

COPY .editorconfig LICENSE THIRD-PARTY-NOTICES.md ./
COPY src/ src/
COPY deploy/docker/licenses.sh deploy/docker/
COPY deploy/sbom/ deploy/sbom/
RUN dotnet publish src/Skiff.Cli/Skiff.Cli.csproj -c Release -a "${TARGETARCH:-$(dpkg --print-architecture)}" --no-restore -o /publish \
    && mkdir -p /image/app/registry \
    && cp /publish/skiff /image/app/ \
    && deploy/docker/licenses.sh skiff "${TARGETARCH:-$(dpkg --print-architecture)}" /image/app \
    && find /publish -name 'appsettings*.json' -exec cp {} /image/app/ \; \
    && chown 1654:1654 /image/app/registry

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Skiff" \
      org.opencontainers.image.description="Serves scikit-learn models from their own files, without Python." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# The program is root's: what runs as app cannot put another in its place, whatever the base image says of its user.
USER 0
WORKDIR /app
COPY --from=build /image/app /app

# All interfaces, IPv4 and IPv6. The port is 8000 unless PORT or WEBSITES_PORT says otherwise; what the base image sets for ASP.NET Core does not count.
ENV SKIFF_ALL_INTERFACES=true \
    SKIFF_REGISTRY=/app/registry

EXPOSE 8000
# The official images' `app`; by number, so that a base image without that user does as well.
USER 1654:1654
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 CMD ["/app/skiff", "health"]
ENTRYPOINT ["/app/skiff"]
CMD ["serve"]
