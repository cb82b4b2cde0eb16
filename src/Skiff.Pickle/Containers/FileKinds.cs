using System.Buffers;

namespace Skiff.Pickle;

/// <summary>Tells by its first bytes what a file is: a pickle, a container of one, or something else that deserves its name in the message.</summary>
internal static class FileKinds
{
    /// <summary>The bytes that may start a pickle of protocols 0 and 1; later ones start with PROTO.</summary>
    private static readonly SearchValues<byte> OldPickleStarts = SearchValues.Create("().]}BCFGIJKLMNPSTUVXcdilt"u8);

    private static readonly SearchValues<byte> TextBytes =
        SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', .. Enumerable.Range(0x20, 0x5F).Select(b => (byte)b), .. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)]);

    /// <summary>The container that the file is.</summary>
    /// <param name="head">The first bytes, as many as there are up to some hundred.</param>
    /// <exception cref="PickleException">The file is empty, or something else than a pickle or a container of one.</exception>
    public static PickleContainer Detect(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            throw new PickleException("The file is empty", 0);
        }

        return DetectContainer(head) is var container and not PickleContainer.None ? container
            : Foreign(head) is { } what ? throw new PickleException($"The file is no pickle: {what}", 0)
            : PickleContainer.None;
    }

    private static PickleContainer DetectContainer(ReadOnlySpan<byte> head) => head switch
    {
        [0x1F, 0x8B, ..] => PickleContainer.Gzip,
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] => PickleContainer.Bzip2,
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => PickleContainer.Xz,
        [0x5D, 0, 0, ..] => PickleContainer.Lzma,
        [0x04, 0x22, 0x4D, 0x18, ..] => PickleContainer.Lz4,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => PickleContainer.Zstd,
        [(byte)'Z', (byte)'F', (byte)'0', (byte)'x', ..] => PickleContainer.ZFile,
        [var method, var flags, ..] when IsZlib(method, flags) => PickleContainer.Zlib,
        _ => PickleContainer.None,
    };

    /// <summary>
    /// A zlib header: deflate with a window of up to 32 KiB, and a sum that is a multiple of 31 (RFC 1950). A bracket would be one with a window
    /// of 1 KiB, which nothing writes; <c>(S</c> is how pickles of protocol 0 start.
    /// </summary>
    private static bool IsZlib(byte method, byte flags) => (method & 0x0F) == 8 && method != (byte)'(' && method >> 4 <= 7 && ((method << 8) | flags) % 31 == 0;

    private static string? Foreign(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
        {
            return DescribeZip(head);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n']))
        {
            return "it is an HDF5 file, as Keras writes for .h5; Skiff serves scikit-learn models";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
        {
            return "it is a numpy array (.npy), not a model";
        }

        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "it is a pointer of git-lfs, the file itself was not fetched; run 'git lfs pull'";
        }

        if (head[0] == 0x80)
        {
            return null;
        }

        return DescribeText(head) ?? (OldPickleStarts.Contains(head[0]) ? null : DescribeBinary(head));
    }

    private static string DescribeZip(ReadOnlySpan<byte> head)
    {
        // The name of the archive's first file stands 30 bytes in.
        var rest = head.Length > 30 ? head[30..] : [];
        if (rest.IndexOf(".npy"u8) >= 0)
        {
            return "it is an archive of numpy arrays (.npz), not a model";
        }

        if (rest.IndexOf("data.pkl"u8) >= 0)
        {
            return "it is a PyTorch archive; Skiff serves scikit-learn models";
        }

        if (rest.IndexOf("config.json"u8) >= 0 || rest.IndexOf("metadata.json"u8) >= 0)
        {
            return "it is a Keras archive (.keras); Skiff serves scikit-learn models";
        }

        return rest.IndexOf("schema.json"u8) >= 0
            ? "it is a skops archive; save the model with joblib.dump"
            : "it is a zip archive; unpack it, or save the model with joblib.dump";
    }

    private static string? DescribeText(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart("\ufeff"u8).TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text.ContainsAnyExcept(TextBytes))
        {
            return null;
        }

        if (text[0] == (byte)'<')
        {
            return StartsWithAnyCase(text, "<!doctype html"u8) || StartsWithAnyCase(text, "<html"u8)
                ? "it is an HTML page, perhaps of a download that failed"
                : "it is XML";
        }

        if (text.StartsWith("tree\n"u8))
        {
            return "it looks like a model text, as lightgbm's save_model writes it; save the estimator or the Booster with joblib.dump";
        }

        if (text[0] == (byte)'{' || text.StartsWith("[{"u8))
        {
            return "it is JSON";
        }

        // A pickle of protocol 0 is text too; its first line has no words.
        var line = text[..(text.IndexOf((byte)'\n') is var end and >= 0 ? end : text.Length)];
        return text.StartsWith("#"u8) || !OldPickleStarts.Contains(text[0]) || line.Count((byte)' ') > 1
            ? "it is text"
            : null;
    }

    private static string DescribeBinary(ReadOnlySpan<byte> head) => head switch
    {
        [0x08, < 0x20, 0x12, ..] => "it looks like an ONNX or TensorFlow file (protobuf); Skiff serves scikit-learn models",
        [(byte)'{', ..] => "it looks like UBJSON, as xgboost's save_model writes it; save the scikit-learn wrapper with joblib.dump",
        [(byte)'b', (byte)'i', (byte)'n', (byte)'f', ..] => "it looks like a booster that xgboost's save_model wrote; save the scikit-learn wrapper with joblib.dump",
        _ => $"it starts with byte 0x{head[0]:x2}, as no pickle and no compressed pickle does",
    };

    private static bool StartsWithAnyCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && System.Text.Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix);
}
