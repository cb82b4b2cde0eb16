namespace Skiff.Pickle;

/// <summary>What a pickle is wrapped in.</summary>
public enum PickleContainer
{
    /// <summary>Nothing: the file is the pickle.</summary>
    None,

    /// <summary>zlib: joblib's default when it compresses.</summary>
    Zlib,

    /// <summary>The zlib file of joblib before 0.10, with its own header.</summary>
    ZFile,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>bzip2.</summary>
    Bzip2,

    /// <summary>xz.</summary>
    Xz,

    /// <summary>lzma without a container (<c>.lzma</c>).</summary>
    Lzma,

    /// <summary>An lz4 frame.</summary>
    Lz4,

    /// <summary>Zstandard.</summary>
    Zstd,
}
