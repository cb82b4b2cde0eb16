using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>The gateway of <c>examples/fastify</c>, installed by npm into a folder of its own, once a run.</summary>
internal static class FastifyInstallation
{
    /// <summary>What npm says where the registry cannot be reached: that is the machine's trouble, not the example's.</summary>
    private static readonly string[] Unreachable = ["EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "ENOTFOUND", "ETIMEDOUT"];

    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>The folder. Skips the test, saying why, where Node.js or the registry is missing.</summary>
    public static async Task<string> FolderAsync()
    {
        if (Missing("node") || Missing("npm"))
        {
            Assert.Skip("needs node and npm on the path");
        }

        var folder = await Installed.Value;
        if (folder.Length == 0)
        {
            Assert.Skip("needs the npm registry");
        }

        return folder;
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Directory.CreateTempSubdirectory("skiff-fastify-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Copy(RepositoryFolder.At("examples/fastify"), folder);
        var start = ProgramStart.Info("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"], folder: folder);

        var result = await ProgramStart.RunAsync(start, TimeSpan.FromMinutes(5));

        if (result.ExitCode != 0 && Unreachable.Any(code => result.Error.Contains(code, StringComparison.Ordinal)))
        {
            return "";
        }

        result.AssertSucceeded();
        return folder;
    }

    private static bool Missing(string program) =>
        !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.StartsWith("node_modules", StringComparison.Ordinal))
            {
                continue;
            }

            var copy = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
