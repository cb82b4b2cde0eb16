using System.Diagnostics;
using System.Globalization;

namespace Skiff.EndToEnd.Tests;

/// <summary>A file system of a few kilobytes, mounted on a folder for as long as a test runs.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts it. Skips the test, naming what it needs, where that is not allowed.</summary>
    public static SmallDisk Mount(string folder, int kilobytes)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", Size(kilobytes), "tmpfs", folder) != 0)
        {
            Assert.Skip("needs a right to mount a tmpfs: run as root outside of a container, or with CAP_SYS_ADMIN");
        }

        return new SmallDisk(folder);
    }

    public void Resize(int kilobytes) => Remount(Size(kilobytes));

    public void SetReadOnly(bool isReadOnly) => Remount(isReadOnly ? "ro" : "rw");

    public void Dispose() => Run("umount", "--lazy", _folder);

    private static string Size(int kilobytes) => string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k");

    private void Remount(string how) => Assert.Equal(0, Run("mount", "-o", "remount," + how, _folder));

    private static int Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
