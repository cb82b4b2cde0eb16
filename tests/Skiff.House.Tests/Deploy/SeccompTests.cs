using System.Text.Json;

namespace Skiff.House.Tests.Deploy;

/// <summary>What deploy/seccomp/skiff.json lets through: little, and nothing that would make it pointless. deploy/seccomp/check.sh runs the programs under it.</summary>
public class SeccompTests
{
    private const string Path = "deploy/seccomp/skiff.json";

    /// <summary>Calls that no server of models needs, and by which one gets out of a container, into another process or at the kernel.</summary>
    private static readonly string[] Never =
    [
        "add_key", "bpf", "capset", "chroot", "execveat", "finit_module", "fork", "init_module", "io_uring_enter", "io_uring_setup", "kexec_load", "keyctl", "memfd_create", "mknod",
        "mknodat", "mount", "move_mount", "open_by_handle_at", "perf_event_open", "personality", "pivot_root", "process_vm_readv", "process_vm_writev", "ptrace", "reboot", "request_key",
        "setgid", "setns", "setuid", "socketpair", "umount2", "unshare", "userfaultfd", "vfork",
    ];

    private static readonly JsonElement Profile = JsonElement.Parse(Repository.Read(Path));

    [Fact]
    public void Profile_WhatIsNotNamed_IsRefused()
    {
        Assert.Equal("SCMP_ACT_ERRNO", Profile.GetProperty("defaultAction").GetString());
        Assert.Equal(["SCMP_ARCH_AARCH64", "SCMP_ARCH_X86_64"], Profile.GetProperty("archMap").EnumerateArray().Select(map => map.GetProperty("architecture").GetString()).Order(StringComparer.Ordinal));
        Assert.All(Profile.GetProperty("archMap").EnumerateArray(), map => Assert.Empty(map.GetProperty("subArchitectures").EnumerateArray()));
    }

    [Fact]
    public void Profile_DangerousCalls_AreNotNamed() =>
        Repository.AssertNone(Allowed().Where(call => Never.Contains(call.Name)).Select(call => $"{Path} allows {call.Name}"));

    [Fact]
    public void Profile_Clone_MakesThreadsOnly()
    {
        var (_, rule) = Assert.Single(Allowed(), call => call.Name is "clone");
        var flags = Assert.Single(rule.GetProperty("args").EnumerateArray());

        Assert.Equal((0, 0x10000, 0x10000, "SCMP_CMP_MASKED_EQ"), (flags.GetProperty("index").GetInt32(), flags.GetProperty("value").GetInt32(), flags.GetProperty("valueTwo").GetInt32(), flags.GetProperty("op").GetString()));
        Assert.DoesNotContain(Allowed(), call => call.Name is "clone3");
    }

    [Fact]
    public void Profile_Socket_IsLimitedToFourFamilies()
    {
        var families = Allowed().Where(call => call.Name is "socket").Select(call => Assert.Single(call.Rule.GetProperty("args").EnumerateArray())).ToArray();

        Assert.All(families, family => Assert.Equal((0, "SCMP_CMP_EQ"), (family.GetProperty("index").GetInt32(), family.GetProperty("op").GetString())));
        Assert.Equal([1, 2, 10, 16], families.Select(family => family.GetProperty("value").GetInt32()));
    }

    private static IEnumerable<(string Name, JsonElement Rule)> Allowed() =>
        from rule in Profile.GetProperty("syscalls").EnumerateArray()
        where rule.GetProperty("action").GetString() is "SCMP_ACT_ALLOW"
        from name in rule.GetProperty("names").EnumerateArray()
        select (name.GetString()!, rule);
}
