#!/usr/bin/env bash
# Makes a folder that holds a small Debian with a release of scikit-learn in it: make-root.sh SUITE FOLDER
#
#   bullseye   scikit-learn 0.23.2, numpy 1.19, joblib 0.17, Python 3.9
#   bookworm   scikit-learn 1.2.1,  numpy 1.24, joblib 1.2,  Python 3.11
#   trixie     scikit-learn 1.4.2,  numpy 2.2,  joblib 1.4,  Python 3.13
#   forky      scikit-learn 1.9.0,  numpy 2.4,  joblib 1.5,  Python 3.14, and what the Python service needs
#
# Run it as root, then `chroot FOLDER python3 ...`. Packages come from wherever this machine's own apt gets them.
set -euo pipefail

if [ $# -ne 2 ]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
suite=$1
folder=$2

packages=(python3-sklearn python3-joblib python3-pandas)
case $suite in
    bullseye | bookworm | trixie) ;;
    forky) packages+=(python3-lz4 python3-fastapi python3-uvicorn python3-uvloop python3-httptools) ;;
    *)
        echo "make-root.sh: '$suite' is none of bullseye, bookworm, trixie, forky" >&2
        exit 2
        ;;
esac

mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
    awk '$1 == "URIs:" { print $2; exit } $1 == "deb" { print ($2 ~ /^\[/) ? $3 : $2; exit }')
if [ -z "$mirror" ]; then
    echo "make-root.sh: apt on this machine names no mirror" >&2
    exit 1
fi
if ! command -v debootstrap >/dev/null; then
    apt-get update -q
    apt-get install -y -q --no-install-recommends debootstrap
fi

# debootstrap knows a suite by a script of its name; one that is newer than itself is made as unstable is.
scripts=/usr/share/debootstrap/scripts
[ -e "$scripts/$suite" ] || ln -s sid "$scripts/$suite"

debootstrap --variant=minbase --no-check-gpg "$suite" "$folder" "$mirror"
chroot "$folder" apt-get -o Acquire::Check-Valid-Until=false update -q
DEBIAN_FRONTEND=noninteractive chroot "$folder" apt-get install -y -q --no-install-recommends "${packages[@]}"
chroot "$folder" apt-get clean
mountpoint -q "$folder/proc" || mount -t proc proc "$folder/proc"
chroot "$folder" python3 -c 'import sklearn, sys; print("scikit-learn", sklearn.__version__, "on Python", sys.version.split()[0])'
