using Skiff.Pickle;

namespace Skiff.Fuzz;

/// <summary>
/// One input as a stream that can seek, and for some inputs as one that cannot, which gives odd pieces; then the whole graph is walked. What the file holds
/// is small, so that the budgets are met.
/// </summary>
internal sealed class PickleReading
{
    /// <summary>Budgets that inputs of some kilobytes can go over.</summary>
    public static readonly PickleOptions Options = new()
    {
        MaxOpcodes = 200_000,
        MaxMemoEntries = 100_000,
        MaxStackDepth = 100_000,
        MaxStringBytes = 1 << 16,
        MaxArrayBytes = 1 << 20,
        MaxTotalBytes = 4 << 20,
        MaxGraphBytes = 4 << 20,
        MaxInflatedBytes = 4 << 20,
        MaxDictionaryBytes = 1 << 20,
    };

    private readonly GraphWalk _walk = new();

    /// <summary>Reads an input.</summary>
    public Outcome Run(byte[] input)
    {
        var sum = new Fingerprint();
        var document = TryRead(new MemoryStream(input, writable: false), out var refusal);
        if (input.Length % 8 == 0)
        {
            Compare(document, TryRead(new ForwardStream(input), out _));
        }

        if (document is null)
        {
            return Outcome.Refused(refusal!);
        }

        _walk.Add(document.Root, ref sum);
        return Outcome.Accepted(sum);
    }

    // What a decoder makes of garbage behind its data depends on how much of it arrives at once; a plain pickle's verdict does not.
    private void Compare(PickleDocument? seekable, PickleDocument? streamed)
    {
        if (seekable is null != streamed is null && (seekable ?? streamed)!.Container == PickleContainer.None)
        {
            throw new FindingException("a stream that can seek and one that cannot are judged differently");
        }

        if (streamed is not null)
        {
            var sum = new Fingerprint();
            _walk.Add(streamed.Root, ref sum);
        }
    }

    private static PickleDocument? TryRead(Stream stream, out PickleException? refusal)
    {
        try
        {
            refusal = null;
            return PickleReader.Read(stream, Options);
        }
        catch (PickleException e)
        {
            refusal = e;
            return null;
        }
    }

    /// <summary>Gives odd pieces and cannot seek.</summary>
    private sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
