using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Skiff.Registry;

/// <summary>Reads <c>metadata.json</c>. Nothing in it stops a model from being served: what is not as expected becomes a warning.</summary>
internal static class MetadataReader
{
    internal const string FileName = "metadata.json";

    /// <summary>Far more than any training writes; a larger file is a mistake, and is not kept in memory.</summary>
    internal const int MaxLength = 4 << 20;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    internal static VersionMetadata Read(FileStamp? stamp)
    {
        if (stamp is null)
        {
            return VersionMetadata.Broken($"{FileName} is missing");
        }

        if (stamp.Length == 0)
        {
            return VersionMetadata.Broken($"{FileName} is empty", FileHash.OfNothing);
        }

        try
        {
            using var stream = new FileStream(stamp.RealPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var content = ReadBounded(stream);
            return content is null
                ? VersionMetadata.Broken($"{FileName} is larger than {MaxLength} bytes and was left unread")
                : Parse(content);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return VersionMetadata.Broken($"{FileName} is missing");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return VersionMetadata.Broken($"{FileName} cannot be read: {e.Message}");
        }
    }

    internal static VersionMetadata Parse(byte[] content)
    {
        var hash = FileHash.Compute(content);
        var json = PythonJson.TryCompact(content, out var problem);
        if (json is null)
        {
            return VersionMetadata.Broken($"{FileName} {problem}", hash);
        }

        var warnings = new List<string>();
        var metadata = new VersionMetadata { Json = json, IsReadable = true, ContentHash = hash, Warnings = warnings };
        ReadKeys(json, metadata, warnings);
        return metadata;
    }

    private static byte[]? ReadBounded(FileStream stream)
    {
        using var content = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > MaxLength)
            {
                return null;
            }
        }

        return content.ToArray();
    }

    private static void ReadKeys(byte[] json, VersionMetadata metadata, List<string> warnings)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = KnownKey(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (key is not null)
            {
                Take(key, json.AsMemory(start, (int)reader.BytesConsumed - start), metadata, warnings);
            }
        }
    }

    private static string? KnownKey(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<string> known =
        [
            "version", "saved_at", "best_params", "best_cv_accuracy", "test_accuracy",
            "artifacts", "labels", "threshold", "features", "sha256",
        ];
        try
        {
            foreach (var key in known)
            {
                if (reader.ValueTextEquals(key))
                {
                    return key;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: JSON may name a key so, and none of ours.
        }

        return null;
    }

    private static void Take(string key, ReadOnlyMemory<byte> value, VersionMetadata metadata, List<string> warnings)
    {
        switch (key)
        {
            case "saved_at":
                metadata.SavedAt = value;
                return;
            case "best_params":
                metadata.BestParams = value;
                return;
            case "best_cv_accuracy":
                metadata.BestCvAccuracy = value;
                return;
            case "test_accuracy":
                metadata.TestAccuracy = value;
                return;
        }

        if (value.Span.SequenceEqual("null"u8))
        {
            return;
        }

        using var document = JsonDocument.Parse(value);
        var expected = TakeStructured(key, document.RootElement, metadata);
        if (expected is not null)
        {
            warnings.Add($"{FileName}: \"{key}\" is left aside, because it is not {expected}");
        }
    }

    /// <summary>Takes a key that decides how a version is read.</summary>
    /// <returns>What the value should have been, or null when it was taken.</returns>
    private static string? TakeStructured(string key, JsonElement value, VersionMetadata metadata)
    {
        switch (key)
        {
            case "version":
                metadata.Version = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : TextOf(value);
                if (metadata.Version is not null && SafeName.IsVersion(metadata.Version))
                {
                    return null;
                }

                metadata.Version = null;
                return "a name (printable, at most 200 characters, no slash, no dot in front)";
            case "artifacts":
                metadata.Artifacts = TextsOf(value) is { Count: > 0 } artifacts ? artifacts : null;
                return metadata.Artifacts is null ? "a list of file names" : null;
            case "labels":
                metadata.Labels = TextOf(value);
                return metadata.Labels is null ? "a file name" : null;
            case "threshold":
                metadata.Threshold = ThresholdOf(value);
                return metadata.Threshold is null ? "a number or an entry such as bundle.pkl#threshold" : null;
            case "features":
                metadata.Features = TextsOf(value);
                metadata.FeaturesEntry = metadata.Features is null ? TextOf(value) : null;
                return metadata.Features is null && metadata.FeaturesEntry is null ? "a list of names or a file name" : null;
            default:
                var sums = SumsOf(value);
                metadata.Sha256 = sums ?? metadata.Sha256;
                return sums is null ? "an object of file names and 64 hexadecimal digits" : null;
        }
    }

    private static string? ThresholdOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetRawText();
        }

        var text = TextOf(value);
        var isNumber = text is not null
            && Utf8Parser.TryParse(Encoding.UTF8.GetBytes(text), out double number, out var consumed)
            && consumed == Encoding.UTF8.GetByteCount(text)
            && double.IsFinite(number);
        return text is not null && (isNumber || text.Contains('#', StringComparison.Ordinal)) ? text : null;
    }

    private static Dictionary<string, string>? SumsOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var sums = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var sum = TextOf(property.Value);
            if (sum is not { Length: 64 } || sum.AsSpan().ContainsAnyExcept(HexDigits) || NameOf(property) is not { } name)
            {
                return null;
            }

            sums[name] = sum.ToLowerInvariant();
        }

        return sums;
    }

    private static List<string>? TextsOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (TextOf(item) is not { } text)
            {
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: JSON may say it, a file name cannot.
            return null;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
