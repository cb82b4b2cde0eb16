using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>A disk that is full or read-only: commands say where and what helps, nothing is left half done, and the server does not notice.</summary>
public sealed class DiskTests : IDisposable
{
    private const int Small = 512;
    private const int Large = 16_384;
    private const int Ballast = 1 << 20;
    private const string Text = "this is a great product";

    private readonly TempRegistry _registry = TempRegistry.Empty();
    private readonly TemporaryFolder _files = new();

    private string Source
    {
        get
        {
            var source = Directory.CreateDirectory(Path.Combine(_files.Path, "source")).FullName;
            File.WriteAllBytes(Path.Combine(source, "model.joblib"), TempRegistry.OtherModel);
            File.WriteAllBytes(Path.Combine(source, "ballast.bin"), new byte[Ballast]);

            // By this, skiff add takes the folder whole.
            File.WriteAllText(Path.Combine(source, "metadata.json"), """{"artifacts":["model.joblib"]}""");
            return source;
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _registry.Dispose();
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("add")]
    public async Task Publish_DiskFull_SaysWhereLeavesNothingAndSucceedsOnceThereIsRoom(string verb)
    {
        using var disk = SmallDisk.Mount(_registry.Root, Small);
        _registry.CopyBundled();
        await using var server = await SkiffServer.StartAsync(_registry.Root);
        await server.UntilReadyAsync();
        string[] publish = [.. verb == "add" ? ["add"] : new[] { "registry", "publish" }, Source, "--version", "1.1.0", "--registry", _registry.Root];

        var failed = await SkiffBinary.RunAsync(publish);

        failed.AssertFailedSaying($"The registry was not changed: No space left on device : '{_registry.Root}/versions/.1.1.0.tmp-");
        failed.AssertFailedSaying("Free some space there and run the command again.");
        Assert.Equal(["1.0.0"], Names("versions"));
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync(Text)).Prediction());

        disk.Resize(Large);
        (await SkiffBinary.RunAsync([.. publish, "--promote"])).AssertSucceeded();
        await server.UntilAsync("1.1.0 answers", async () => (await server.PredictAsync(Text)).Prediction() == ("1.1.0", "good"));
    }

    [Fact]
    public async Task Promote_DiskFull_LeavesLatestAsItWasAndSucceedsOnceThereIsRoom()
    {
        using var disk = SmallDisk.Mount(_registry.Root, Large);
        _registry.CopyBundled();
        (await SkiffBinary.RunAsync("registry", "publish", Source, "--version", "1.1.0", "--registry", _registry.Root)).AssertSucceeded();
        await using var server = await SkiffServer.StartAsync(_registry.Root);
        await server.UntilReadyAsync();
        disk.Resize(Small + (Ballast / 1024));

        var failed = await SkiffBinary.RunAsync("registry", "promote", "1.1.0", "--registry", _registry.Root);

        failed.AssertFailedSaying($"The registry was not changed: No space left on device : '{_registry.Root}/.latest.tmp-");
        Assert.Equal([".skiff-history", ".skiff-lock", "latest", "text_utils.py", "versions"], Names(string.Empty));
        Assert.Equal(TempRegistry.BundledModel, await File.ReadAllBytesAsync(_registry.Latest, TestContext.Current.CancellationToken));
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync(Text)).Prediction());

        disk.Resize(Large);
        (await SkiffBinary.RunAsync("registry", "promote", "1.1.0", "--registry", _registry.Root)).AssertSucceeded();
        await server.UntilAsync("1.1.0 answers", async () => (await server.PredictAsync(Text)).Prediction() == ("1.1.0", "good"));
        (await SkiffBinary.RunAsync("registry", "rollback", "--registry", _registry.Root)).AssertSucceeded();
        await server.UntilAsync("1.0.0 answers", async () => (await server.PredictAsync(Text)).Prediction() == ("1.0.0", "positive"));
    }

    [Fact]
    public async Task Add_TemporaryFolderFull_SaysWhereAndWhatHelps()
    {
        _registry.CopyBundled();
        var temporary = Path.Combine(_files.Path, "tmp");
        using var disk = SmallDisk.Mount(temporary, Small);
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary };

        var failed = await SkiffBinary.RunAsync(environment, "add", Source, "--version", "1.1.0", "--registry", _registry.Root);

        failed.AssertFailedSaying("No space left on device");
        failed.AssertFailedSaying($"The pieces are put together below {temporary}/; TMPDIR names another folder");
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
        Assert.Equal(["1.0.0"], Names("versions"));
    }

    [Fact]
    public async Task Registry_ReadOnly_EveryCommandSaysSoAndTheServerGoesOn()
    {
        using var disk = SmallDisk.Mount(_registry.Root, Large);
        _registry.CopyBundled();
        _registry.SaveVersion("0.9.0", TempRegistry.OtherModel);
        disk.SetReadOnly(true);
        await using var server = await SkiffServer.StartAsync(_registry.Root);
        await server.UntilReadyAsync();
        string[][] commands =
        [
            ["registry", "publish", Source, "--version", "1.1.0"], ["add", Source, "--version", "1.1.0"], ["registry", "promote", "0.9.0"], ["registry", "rollback"],
        ];

        foreach (var command in commands)
        {
            var failed = await SkiffBinary.RunAsync([.. command, "--registry", _registry.Root]);
            failed.AssertFailedSaying($"The registry was not changed: Read-only file system : '{_registry.Root}/");
            failed.AssertFailedSaying("It is mounted read-only here: run the command where it is not.");
        }

        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync(Text)).Prediction());
        disk.SetReadOnly(false);
        (await SkiffBinary.RunAsync([.. commands[0], "--promote", "--registry", _registry.Root])).AssertSucceeded();
        await server.UntilAsync("1.1.0 answers", async () => (await server.PredictAsync(Text)).Prediction() == ("1.1.0", "good"));
    }

    [Fact]
    public async Task Log_OnAFullDisk_IsLostAndTheServerGoesOn()
    {
        _registry.CopyBundled();
        var port = RunningProgram.FreePort();
        await using var server = await SkiffServer.StartIntoAsync("/dev/full", port, _registry.Root);

        await server.UntilReadyAsync();

        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync(Text)).Prediction());
    }

    private string[] Names(string below) =>
        [.. Directory.GetFileSystemEntries(Path.Combine(_registry.Root, below)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
