using System.Diagnostics;

namespace Skiff.Registry.Tests;

public sealed class ManyModelsTests : IDisposable
{
    private const int Models = 2000;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refresh_ThousandsOfModels_AreListedWithoutReadingThem()
    {
        for (var i = 0; i < Models; i++)
        {
            _folder
                .Write($"m{i}/versions/1.0.0/model.joblib", "a model").Write($"m{i}/versions/1.0.0/metadata.json", """{"version":"1.0.0","test_accuracy":0.5}""");
        }

        _folder.Settle();
        var registry = _folder.Open();

        var first = Stopwatch.GetTimestamp();
        var snapshot = registry.Refresh();
        var second = Stopwatch.GetTimestamp();
        Assert.Same(snapshot, registry.Refresh());
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"first look {Stopwatch.GetElapsedTime(first, second).TotalMilliseconds:0} ms, next {Stopwatch.GetElapsedTime(second).TotalMilliseconds:0} ms");

        Assert.Equal(Models, snapshot.Models.Count);
        Assert.All(snapshot.Models, model => Assert.Equal("1.0.0", model.Latest!.Version));
        Assert.Equal(0, registry.Hashes.Computed);
    }
}
