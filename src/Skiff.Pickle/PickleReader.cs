namespace Skiff.Pickle;

/// <summary>
/// Reads pickle and joblib files of every protocol (0 to 5) into an inert graph. No type is looked up and no name is called: an unknown name
/// is a record like any other, so that any pickle can be inspected. What is refused is what is malformed, cut short or over a budget of
/// <see cref="PickleOptions"/>.
/// </summary>
/// <remarks>
/// Containers (zlib, gzip, bzip2, xz, lzma, lz4, zstd) are told by their first bytes. Arrays are read straight into their final memory.
/// That a file can be read says nothing about whether Python could load it safely: use it to read models, not to judge pickles.
/// </remarks>
public static class PickleReader
{
    /// <summary>No buffer, as the reader has its own, and no lock: Python may replace the file meanwhile.</summary>
    private static readonly FileStreamOptions OpenOptions = new()
    {
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
        Share = FileShare.ReadWrite | FileShare.Delete,
    };

    /// <summary>Reads a file. It is never mapped, and it is closed when this returns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The budgets; <see cref="PickleOptions.Default"/> if null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PickleException">The file is malformed, cut short, over a budget, or no pickle at all; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PickleDocument Read(string path, PickleOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var file = new FileStream(path, OpenOptions);
        return Read(file, options, cancellationToken);
    }

    /// <summary>Reads a stream from where it stands; it is left open. A stream that can seek lets claimed lengths be checked before anything is allocated.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">The budgets; <see cref="PickleOptions.Default"/> if null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PickleException">The stream is malformed, cut short, over a budget, or no pickle at all; the message says which.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PickleDocument Read(Stream stream, PickleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= PickleOptions.Default;
        cancellationToken.ThrowIfCancellationRequested();
        using var source = PickleSource.Open(stream, options);
        var input = new PickleInput(source.Stream, source.Length, options, cancellationToken);
        var names = new NameTable();
        var warnings = new List<string>();
        var machine = new PickleMachine(input, new PickleBudget(options, source.StoredLength), names, warnings, isJoblib: true);
        var root = machine.Run();
        var length = input.Offset;
        GraphFinish.Run(root, options.MaxDepth);
        if (input.PeekByte() >= 0)
        {
            warnings.Add($"More follows after the pickle's end (at byte {length}) and is left alone");
        }

        return new PickleDocument(root)
        {
            Protocol = machine.Protocol,
            Container = source.Container,
            Length = length,
            Names = names.ToArray(),
            Warnings = warnings,
        };
    }
}
