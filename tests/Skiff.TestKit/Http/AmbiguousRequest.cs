namespace Skiff.TestKit.Http;

/// <summary>
/// Bytes in which one reader of HTTP may see one request and another two, or another one. Behind each stands a second request: what is asked is whether
/// it is ever taken for one.
/// </summary>
/// <param name="Name">What is odd about it.</param>
/// <param name="Text">The request, with <see cref="Line"/> for its first line and the headers that every caller sends, and <see cref="Next"/> for the second request.</param>
/// <param name="Gateway">What the gateway answers: a status for each response, until the connection is closed.</param>
/// <param name="Server">What the model server answers.</param>
/// <param name="Forwarded">The body that the gateway's model server gets; null where it is asked nothing.</param>
/// <param name="IsPlain">Whether it turns out to be plain, so that the second request is one, for the gateway and for its model server.</param>
public sealed record AmbiguousRequest(string Name, string Text, int[] Gateway, int[] Server, string? Forwarded = null, bool IsPlain = false)
{
    /// <summary>Stands for the first line and the headers that every caller sends.</summary>
    public const string Line = "<line>";

    /// <summary>Stands for the request behind it.</summary>
    public const string Next = "<next>";

    private const string Chunked = "Transfer-Encoding: chunked\r\n";
    private const string End = "0\r\n\r\n";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AmbiguousRequest> All { get; } =
    [
        // Two lengths. Chunks count, and the connection ends with the request.
        new("CL.TE", Line + "Content-Length: 6\r\n" + Chunked + "\r\n2\r\n{}\r\n" + End + Next, [200], [400], "{}"),
        new("CL.TE, the length covers the second", Line + "Content-Length: 200\r\n" + Chunked + "\r\n2\r\n{}\r\n" + End + Next, [200], [400], "{}"),
        new("TE.CL", Line + Chunked + "Content-Length: 4\r\n\r\n2\r\n{}\r\n" + End + Next, [200], [400], "{}"),
        new("Lengths that agree", Line + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("Lengths that differ", Line + "Content-Length: 2\r\nContent-Length: 70\r\n\r\n{}" + Next, [400], [400]),
        new("Lengths in one line", Line + "Content-Length: 2, 2\r\n\r\n{}" + Next, [400], [400]),

        // Kestrel drops the sign; what goes on to the model server has none.
        new("A length with a sign", Line + "Content-Length: +2\r\n\r\n{}" + Next, [200, 200], [400, 200], "{}", IsPlain: true),
        new("A length in hexadecimal", Line + "Content-Length: 0x2\r\n\r\n{}" + Next, [400], [400]),
        new("A length below zero", Line + "Content-Length: -2\r\n\r\n{}" + Next, [400], [400]),
        new("A length beyond all numbers", Line + "Content-Length: 18446744073709551618\r\n\r\n{}" + Next, [400], [400]),

        // Encodings in disguise.
        new("An encoding that is not chunked", Line + "Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("Chunks that are not the last encoding", Line + "Transfer-Encoding: chunked, identity\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("Chunks, then another line", Line + Chunked + "Transfer-Encoding: cow\r\n\r\n2\r\n{}\r\n" + End + Next, [400], [400]),
        new("A space before the colon", Line + "Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n" + End + Next, [400], [400]),
        new("A space before the colon of the length", Line + "Content-Length : 2\r\n\r\n{}" + Next, [400], [400]),
        new("A tab before the colon", Line + "Transfer-Encoding\t: chunked\r\n\r\n2\r\n{}\r\n" + End + Next, [400], [400]),
        new("A vertical tab before the value", Line + "Transfer-Encoding: \vchunked\r\n\r\n2\r\n{}\r\n" + End + Next, [400], [400]),
        new("A folded line", Line + "X-Folded: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("A folded value", Line + "Transfer-Encoding:\r\n chunked\r\n\r\n2\r\n{}\r\n" + End + Next, [400], [400]),

        // Another name to Kestrel, and not passed on.
        new("A name in quotes", Line + "\"Transfer-Encoding\": chunked\r\nContent-Length: 2\r\n\r\n{}" + Next, [200, 200], [400, 200], "{}", IsPlain: true),
        new("A zero byte in a value", Line + "X-Zero: a\0b\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("A carriage return in a value", Line + "X-Return: a\rContent-Length: 70\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("A line without a colon", Line + "Content-Length\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),

        // Chunks.
        new("A chunk with an extension", Line + "Connection: close\r\n" + Chunked + "\r\n2;name=value\r\n{}\r\n" + End + Next, [200], [400], "{}"),
        new("An extension that ends with a line feed", Line + Chunked + "\r\n2;a\n{}\r\n" + End + Next, [400], [400]),
        new("An extension that holds a carriage return", Line + Chunked + "\r\n2;a\rb\r\n{}\r\n" + End + Next, [400], [400]),
        new("A size that ends with a line feed", Line + Chunked + "\r\n2\n{}\r\n" + End + Next, [400], [400]),
        new("A size in other words", Line + Chunked + "\r\n0x2\r\n{}\r\n" + End + Next, [400], [400]),
        new("A size below zero", Line + Chunked + "\r\n-2\r\n{}\r\n" + End + Next, [400], [400]),
        new("A size beyond all numbers", Line + Chunked + "\r\n100000000000000002\r\n{}\r\n" + End + Next, [400], [400]),
        new("A chunk longer than its size", Line + Chunked + "\r\n1\r\n{}\r\n" + End + Next, [400], [400]),

        // Lines and versions.
        new("Line feeds alone", "POST <path> HTTP/1.1\nHost: x\nX-API-Key: <key>\nContent-Length: 2\n\n{}" + Next, [400], [400]),
        new("An old version with chunks", "POST <path> HTTP/1.0\r\nHost: x\r\nX-API-Key: <key>\r\n" + Chunked + "\r\n2\r\n{}\r\n" + End + Next, [200], [400], "{}"),
        new("An unknown version", "POST <path> HTTP/1.9\r\nHost: x\r\nX-API-Key: <key>\r\nContent-Length: 2\r\n\r\n{}" + Next, [505], [505]),
        new("A whole address of another host", "POST http://other<path> HTTP/1.1\r\nHost: x\r\nX-API-Key: <key>\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("A whole address", "POST http://x<path> HTTP/1.1\r\nHost: x\r\nX-API-Key: <key>\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}" + Next, [200], [400], "{}"),
        new("Two hosts", "POST <path> HTTP/1.1\r\nHost: x\r\nHost: y\r\nX-API-Key: <key>\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),
        new("A space in the target", "POST <path> x HTTP/1.1\r\nHost: x\r\nX-API-Key: <key>\r\nContent-Length: 2\r\n\r\n{}" + Next, [400], [400]),

        // Floods.
        new("A target that is too long", "POST <path>?" + new string('a', 9000) + " HTTP/1.1\r\nHost: x\r\n\r\n" + Next, [414], [414]),
        new("A header that is too long", Line + "X-Long: " + new string('a', 40_000) + "\r\n\r\n" + Next, [431], [431]),
        new("Too many headers", Line + string.Concat(Enumerable.Range(0, 110).Select(static i => $"X-{i}: a\r\n")) + "\r\n" + Next, [431], [431]),
    ];

    /// <summary>The bytes as Latin-1.</summary>
    /// <param name="path">The path of the first request.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="next">The path of the second.</param>
    public string Write(string path, string key, string next) => Text
        .Replace(Line, "POST <path> HTTP/1.1\r\nHost: x\r\nX-API-Key: <key>\r\n", StringComparison.Ordinal)
        .Replace(Next, "GET <next-path> HTTP/1.1\r\nHost: x\r\nX-API-Key: <key>\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)
        .Replace("<next-path>", next, StringComparison.Ordinal)
        .Replace("<path>", path, StringComparison.Ordinal)
        .Replace("<key>", key, StringComparison.Ordinal);
}
