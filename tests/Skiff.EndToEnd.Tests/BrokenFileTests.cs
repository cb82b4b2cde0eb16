using System.IO.Compression;
using System.Net;
using System.Text;

namespace Skiff.EndToEnd.Tests;

/// <summary>Files that are called <c>model.joblib</c> and are none: the last good model stays, and the client is told in words.</summary>
public class BrokenFileTests
{
    public static TheoryData<string> Kinds => ["truncated", "empty", "html", "text", "zip", "hdf5", "random"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Serve_LatestBecomesUnreadable_KeepsTheLastGoodModel(string kind)
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        File.WriteAllBytes(registry.Latest, Broken(kind));

        // A later version is taken, so whatever the watcher had to say about the broken file it has said by then.
        registry.SaveVersion("1.1.0", TempRegistry.OtherModel);
        await server.UntilAsync("1.1.0 is found", async () =>
        {
            Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
            return (await server.PredictAsync("this is a great product", "1.1.0")).Status == HttpStatusCode.OK;
        });
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
        (await server.GetAsync("/health/ready")).AssertStatus(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Predict_VersionWithAnUnreadableFile_IsConflictThatNamesTheFile(string kind)
    {
        using var registry = TempRegistry.Sentiment();
        registry.SaveVersion("2.0.0", Broken(kind));
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        Answer? answer = null;
        await server.UntilAsync("2.0.0 is refused", async () => (answer = await server.PredictAsync("fine", "2.0.0")).Status == HttpStatusCode.Conflict);

        AssertNamesTheFile(answer!);
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Serve_NothingButAnUnreadableFile_IsUpButNotReadyAndSaysWhy(string kind)
    {
        using var registry = TempRegistry.Empty();
        registry.Save("1.0.0", Broken(kind));
        await using var server = await SkiffServer.StartAsync(registry.Root);

        Answer? answer = null;
        await server.UntilAsync("the refusal names the file", async () =>
        {
            answer = await server.PredictAsync("fine");
            Assert.True(answer.Status is HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable, $"{(int)answer.Status}: {answer.Body}");
            return answer.Detail.Contains("model.joblib", StringComparison.Ordinal);
        });

        AssertNamesTheFile(answer!);
        (await server.GetAsync("/health")).AssertStatus(HttpStatusCode.OK);
        (await server.GetAsync("/health/ready")).AssertStatus(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\": ")]
    [InlineData(null)]
    public async Task Serve_BrokenOrMissingMetadata_DoesNotStopTheModel(string? metadata)
    {
        using var registry = TempRegistry.Sentiment();
        foreach (var path in Directory.EnumerateFiles(registry.Root, "metadata.json", SearchOption.AllDirectories))
        {
            File.Delete(path);
            if (metadata is not null)
            {
                File.WriteAllText(path, metadata);
            }
        }

        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        var answer = await server.PredictAsync("this is a great product");
        Assert.Equal(("1.0.0", "positive"), answer.Prediction());
        Assert.All(answer.Json["metadata"]!.AsObject(), pair => Assert.Null(pair.Value));
    }

    [Fact]
    public async Task Predict_VersionThatIsNoName_TouchesNoFile()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        foreach (var version in new[] { "../latest", "..", "/etc/passwd", "9.9.9", new string('9', 300), "a\\u0000b" })
        {
            var answer = await server.PredictAsync("fine", version);
            Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity, $"{version}: {(int)answer.Status} {answer.Body}");
        }
    }

    private static void AssertNamesTheFile(Answer answer)
    {
        Assert.Contains("model.joblib", answer.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        Assert.Equal(answer.RequestId, answer.Text("requestId"));
    }

    private static byte[] Broken(string kind) => kind switch
    {
        "truncated" => TempRegistry.BundledModel[..^1000],
        "empty" => [],
        "html" => Encoding.UTF8.GetBytes("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Not what you asked for.</body></html>\n"),
        "text" => Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"),
        "zip" => Zip(),
        "hdf5" => [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A, .. new byte[2048]],
        "random" => RandomBytes(4096, seed: 20),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("data.pkl").Open();
            entry.Write(TempRegistry.BundledModel);
        }

        return bytes.ToArray();
    }

    private static byte[] RandomBytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
