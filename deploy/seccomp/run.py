#!/usr/bin/env python3
"""Runs a command under a seccomp profile as container engines read it, without an engine: by libseccomp, with no_new_privs, just before the command is executed.

    deploy/seccomp/run.py PROFILE COMMAND...
    deploy/seccomp/run.py PROFILE --denied CALL...   fails unless each call, made by this very process, is refused
    deploy/seccomp/run.py PROFILE --names            fails unless libseccomp knows every call of the profile

Needs libseccomp (libseccomp2 on Debian, which most of its packages come with).
"""
import ctypes
import errno
import json
import os
import platform
import sys

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
COMPARE = {"SCMP_CMP_NE": 1, "SCMP_CMP_LT": 2, "SCMP_CMP_LE": 3, "SCMP_CMP_EQ": 4, "SCMP_CMP_GE": 5, "SCMP_CMP_GT": 6, "SCMP_CMP_MASKED_EQ": 7}
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
UNKNOWN = -1
PR_SET_NO_NEW_PRIVS = 38

seccomp = ctypes.CDLL("libseccomp.so.2", use_errno=True)
seccomp.seccomp_init.restype = ctypes.c_void_p
libc = ctypes.CDLL(None, use_errno=True)


class Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def number(name):
    return seccomp.seccomp_syscall_resolve_name(name.encode())


def action(rule, default_errno):
    if rule["action"] == "SCMP_ACT_ALLOW":
        return ALLOW
    if rule["action"] == "SCMP_ACT_ERRNO":
        return ERRNO | rule.get("errnoRet", default_errno)
    sys.exit(f"run: {rule['action']} is not known here")


def load(profile):
    if profile["defaultAction"] != "SCMP_ACT_ERRNO":
        sys.exit("run: the profile does not deny by default")
    denied = profile["defaultErrnoRet"]
    context = ctypes.c_void_p(seccomp.seccomp_init(ERRNO | denied))
    for rule in profile["syscalls"]:
        arches = rule.get("includes", {}).get("arches")
        if arches and MACHINES.get(platform.machine()) not in arches:
            continue
        comparisons = [Comparison(arg["index"], COMPARE[arg["op"]], arg["value"], arg.get("valueTwo", 0)) for arg in rule.get("args", [])]
        for name in rule["names"]:
            # A call that this machine has not (access on arm64) has a number below 0, and nobody to make it.
            if number(name) >= 0:
                check(seccomp.seccomp_rule_add_array(context, action(rule, denied), number(name), len(comparisons), (Comparison * len(comparisons))(*comparisons)), name)
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    check(seccomp.seccomp_load(context), "load")


def check(result, what):
    if result < 0:
        sys.exit(f"run: {what}: {os.strerror(-result)}")


def unknown(profile):
    return sorted({name for rule in profile["syscalls"] for name in rule["names"] if number(name) == UNKNOWN})


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1]) as file:
        profile = json.load(file)
    command = sys.argv[2:]
    if command[0] == "--names":
        sys.exit(f"run: unknown calls: {', '.join(unknown(profile))}" if unknown(profile) else 0)
    if command[0] != "--denied":
        load(profile)
        os.execvp(command[0], command)
    numbers = [(name, number(name)) for name in command[1:]]
    load(profile)
    for name, call in numbers:
        ctypes.set_errno(0)
        if libc.syscall(call, 0, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
            print(f"{name}: {os.strerror(ctypes.get_errno())}", flush=True)
            os._exit(1)
        print(f"{name}: {os.strerror(ctypes.get_errno())}", flush=True)


if __name__ == "__main__":
    main()
