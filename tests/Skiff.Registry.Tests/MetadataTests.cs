using System.Text;

namespace Skiff.Registry.Tests;

public sealed class MetadataTests
{
    [Fact]
    public void Parse_WholeObject_IsKeptAsWritten()
    {
        var metadata = Parse(
            """
            {
              "version": "1.0.0", "saved_at": "2024-01-01T00:00:00",
              "best_params": {"clf__C": 1.0, "tfidf__ngram_range": [1, 2]},
              "best_cv_accuracy": 0.20, "test_accuracy": 1e-05, "own": "a b", "big": 123456789012345678901234567890
            }
            """);

        Assert.Equal(
            """{"version":"1.0.0","saved_at":"2024-01-01T00:00:00","best_params":{"clf__C":1.0,"tfidf__ngram_range":[1,2]},"best_cv_accuracy":0.20,"test_accuracy":1e-05,"own":"a b","big":123456789012345678901234567890}""",
            Text(metadata.Json));
        Assert.Equal("\"2024-01-01T00:00:00\"", Text(metadata.SavedAt));
        Assert.Equal("""{"clf__C":1.0,"tfidf__ngram_range":[1,2]}""", Text(metadata.BestParams));
        Assert.Equal("0.20", Text(metadata.BestCvAccuracy));
        Assert.Equal("1e-05", Text(metadata.TestAccuracy));
        Assert.Equal("1.0.0", metadata.Version);
        Assert.Empty(metadata.Warnings);
    }

    [Fact]
    public void Parse_WhatPythonWritesForNaN_BecomesText()
    {
        var metadata = Parse("""{"test_accuracy": NaN, "a": [Infinity, -Infinity], "b": "NaN, \"NaN"}""");

        Assert.Equal("""{"test_accuracy":"NaN","a":["Infinity","-Infinity"],"b":"NaN, \"NaN"}""", Text(metadata.Json));
        Assert.Equal("\"NaN\"", Text(metadata.TestAccuracy));
    }

    [Theory]
    [InlineData("", "metadata.json is empty")]
    [InlineData("[]", "metadata.json is not a JSON object")]
    [InlineData("null", "metadata.json is not a JSON object")]
    [InlineData("{\"version\": \"1.0", "metadata.json is not JSON (")]
    [InlineData("{} {}", "metadata.json is not JSON (")]
    [InlineData("{'version': 1}", "metadata.json is not JSON (")]
    public void Parse_Broken_SaysWhatAndIsAsIfMissing(string text, string warning)
    {
        var metadata = Parse(text);

        Assert.StartsWith(warning, Assert.Single(metadata.Warnings), StringComparison.Ordinal);
        Assert.False(metadata.IsReadable);
        Assert.Null(metadata.Version);
        Assert.Equal("{}", Text(metadata.Json));
        Assert.Equal("null", Text(metadata.TestAccuracy));
    }

    [Fact]
    public void Parse_NotUtf8_SaysSo() =>
        Assert.Equal("metadata.json is not UTF-8", Assert.Single(MetadataReader.Parse([(byte)'{', 0xE9, (byte)'}']).Warnings));

    [Fact]
    public void Parse_DeeplyNested_IsBrokenAndDoesNotOverflow() =>
        Assert.False(Parse("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}").IsReadable);

    [Theory]
    [InlineData("\"version\": [1]", "\"version\" is left aside")]
    [InlineData("\"version\": \"../../etc\"", "\"version\" is left aside")]
    [InlineData("\"version\": \"\\ud800\"", "\"version\" is left aside")]
    [InlineData("\"artifacts\": \"model.joblib\"", "\"artifacts\" is left aside")]
    [InlineData("\"artifacts\": []", "\"artifacts\" is left aside")]
    [InlineData("\"labels\": [\"neg\", \"pos\"]", "\"labels\" is left aside")]
    [InlineData("\"threshold\": \"high\"", "\"threshold\" is left aside")]
    [InlineData("\"features\": 4", "\"features\" is left aside")]
    [InlineData("\"artifacts\": [\"\\ud800\"]", "\"artifacts\" is left aside")]
    [InlineData("\"threshold\": \"0.5x\"", "\"threshold\" is left aside")]
    [InlineData("\"threshold\": true", "\"threshold\" is left aside")]
    [InlineData("\"sha256\": {\"model.joblib\": \"abc\"}", "\"sha256\" is left aside")]
    [InlineData("\"sha256\": {\"\\ud800\": \"0000000000000000000000000000000000000000000000000000000000000000\"}", "\"sha256\" is left aside")]
    public void Parse_KnownKeyOfAnotherKind_IsLeftAside(string member, string warning)
    {
        var metadata = Parse("{" + member + "}");

        Assert.True(metadata.IsReadable);
        Assert.Contains(warning, Assert.Single(metadata.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version", "a name (printable, at most 200 characters, no slash, no dot in front)")]
    [InlineData("artifacts", "a list of file names")]
    [InlineData("labels", "a file name")]
    [InlineData("threshold", "a number or an entry such as bundle.pkl#threshold")]
    [InlineData("features", "a list of names or a file name")]
    [InlineData("sha256", "an object of file names and 64 hexadecimal digits")]
    public void Parse_KnownKeyOfAnotherKind_SaysWhatItShouldBe(string key, string expected) =>
        Assert.Equal($"metadata.json: \"{key}\" is left aside, because it is not {expected}", Assert.Single(Parse($"{{\"{key}\": false}}").Warnings));

    [Fact]
    public void Parse_KnownKeys_AreTakenWithoutAWarning()
    {
        var sum = new string('A', 64);
        var metadata = Parse($$"""{"artifacts": ["a.pkl", "b.pkl#x"], "labels": "labels.json", "threshold": 0.5, "features": ["f", "g"], "sha256": {"a.pkl": "{{sum}}"}, "version": null}""");

        Assert.Empty(metadata.Warnings);
        Assert.Equal(["a.pkl", "b.pkl#x"], metadata.Artifacts!);
        Assert.Equal(("labels.json", "0.5", null), (metadata.Labels, metadata.Threshold, metadata.FeaturesEntry));
        Assert.Equal(["f", "g"], metadata.Features!);
        Assert.Equal(sum.ToLowerInvariant(), metadata.Sha256["a.pkl"]);
        Assert.Equal("columns.json", Parse("""{"features": "columns.json"}""").FeaturesEntry);
    }

    [Theory]
    [InlineData("0.25")]
    [InlineData("bundle.pkl#threshold")]
    public void Parse_ThresholdIsAText_IsANumberOrAnEntry(string text)
    {
        var metadata = Parse($"{{\"threshold\": \"{text}\"}}");

        Assert.Equal(text, metadata.Threshold);
        Assert.Empty(metadata.Warnings);
    }

    [Theory]
    [InlineData(MetadataReader.MaxLength, null)]
    [InlineData(MetadataReader.MaxLength + 1, "metadata.json is larger than 4194304 bytes and was left unread")]
    public void Read_LargeFile_IsReadUpToItsBound(int length, string? warning)
    {
        using var folder = new Folder();
        folder.Write("metadata.json", "{\"version\": \"1\"}".PadRight(length));

        var metadata = MetadataReader.Read(FileStamp.Take("metadata.json", folder.At("metadata.json")));

        Assert.Equal(warning, metadata.Warnings.SingleOrDefault());
        Assert.Equal(warning is null, metadata.IsReadable);
    }

    [Fact]
    public void Read_FileThatGoesOrIsAFolder_SaysSo()
    {
        using var folder = new Folder();
        folder.Write("metadata.json", "{}");
        var stamp = FileStamp.Take("metadata.json", folder.At("metadata.json"));
        folder.Delete("metadata.json");

        Assert.Equal("metadata.json is missing", Assert.Single(MetadataReader.Read(stamp).Warnings));
        Assert.Equal("metadata.json is missing", Assert.Single(MetadataReader.Read(null).Warnings));
        Directory.CreateDirectory(folder.At("metadata.json"));
        Assert.StartsWith("metadata.json cannot be read: ", Assert.Single(MetadataReader.Read(stamp).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_KeyWithALoneSurrogate_IsNoneOfOurs()
    {
        var metadata = Parse("""{"versi\ud800n": 1, "\udc00": {}, "version": "2"}""");

        Assert.Empty(metadata.Warnings);
        Assert.Equal("2", metadata.Version);
    }

    [Fact]
    public void Parse_ByteOrderMark_IsPassedOver() => Assert.Equal("1", Parse("\uFEFF{\"version\": \"1\"}").Version);

    [Fact]
    public void Parse_DoubledKey_TheLastCounts() => Assert.Equal("2", Parse("""{"version": "1", "version": "2"}""").Version);

    [Theory]
    [InlineData("2", "2")]
    [InlineData("1.0", "1.0")]
    public void Parse_VersionIsANumber_IsItsText(string number, string expected) => Assert.Equal(expected, Parse($"{{\"version\": {number}}}").Version);

    [Theory]
    [InlineData("flavors:\n  sklearn:\n    pickled_model: model.pkl\n", "model.pkl")]
    [InlineData("artifact_path: model\nflavors:\n  python_function:\n    env:\n      conda: conda.yaml\n    model_path: 'a b.pkl' # c\n  sklearn:\n    code: null\n", "a b.pkl")]
    [InlineData("flavors:\r\n  sklearn:\r\n    pickled_model: \"m.pkl\"\r\n  python_function:\r\n    model_path: other.pkl\r\n", "m.pkl")]
    [InlineData("flavors:\n  sklearn:\n    pickled_model: model.pkl # the model\nrun_id: 1\n", "model.pkl")]
    [InlineData("flavors:\n  keras:\n    model_path: k\n", null)]
    [InlineData("pickled_model: x\n", null)]
    [InlineData("flavors: {sklearn: {pickled_model: x}}\n", "x")]
    [InlineData("", null)]
    [InlineData("\0\u0001: ::\n - -", null)]
    public void MlModel_NamesThePickle(string yaml, string? expected) => Assert.Equal(expected, MlModelFile.Parse(yaml).Model);

    private static VersionMetadata Parse(string text) => MetadataReader.Parse(Encoding.UTF8.GetBytes(text));

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
