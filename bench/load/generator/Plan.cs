using System.Text;
using System.Text.Json;

namespace Skiff.Bench.Load;

/// <summary>Requests, and what scikit-learn answers to each by every version of its model.</summary>
internal sealed class Plan
{
    /// <summary>With an id of its own for each request no answer would be like another.</summary>
    internal const string FixedId = "X-Request-Id: verify";

    private const int MostShown = 10;

    private readonly HashSet<byte[]>[] _right;

    private Plan(IReadOnlyList<PlannedRequest> requests)
    {
        Requests = requests;
        _right = [.. requests.Select(static _ => new HashSet<byte[]>(new ByteComparer()))];
    }

    internal IReadOnlyList<PlannedRequest> Requests { get; }

    /// <summary>How many answers were right.</summary>
    internal long Verified { get; private set; }

    /// <summary>How many were not, whatever their status, but for those that said that too much is asked.</summary>
    internal long Wrong { get; private set; }

    /// <summary>How many were compared number for number; the others were byte for byte what had been compared before.</summary>
    internal long Compared { get; private set; }

    internal static Plan Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return new Plan([.. json.RootElement.EnumerateArray().Select(PlannedRequest.Read)]);
    }

    /// <summary>Compares an answer.</summary>
    /// <param name="number">Which request it answers.</param>
    /// <param name="status">Its status; -1 where the connection was closed.</param>
    /// <param name="body">Its body.</param>
    internal void Check(int number, int status, ReadOnlySpan<byte> body)
    {
        if (status is 503 or 429)
        {
            return;
        }

        var right = _right[number];
        if (status == 200 && right.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(body))
        {
            Verified++;
            return;
        }

        Compared++;
        if (status == 200 && Requests[number].IsRight(body))
        {
            right.Add(body.ToArray());
            Verified++;
            return;
        }

        if (Wrong++ < MostShown)
        {
            Console.Error.WriteLine($"wrong: {Requests[number].Path} {Encoding.UTF8.GetString(Requests[number].Body)}: {status} {Encoding.UTF8.GetString(body)}");
        }
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
