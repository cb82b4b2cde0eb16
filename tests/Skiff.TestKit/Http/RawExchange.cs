using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Skiff.TestKit.Http;

/// <summary>A caller that sends exactly the bytes that a test gives it.</summary>
public static partial class RawExchange
{
    /// <summary>Sends a text, and reads until the other side closes the connection.</summary>
    /// <param name="address">Whom to ask.</param>
    /// <param name="text">Latin-1. It should ask for the connection to be closed, or be malformed.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<string> SendAsync(Uri address, string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellation).ConfigureAwait(false);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellation).ConfigureAwait(false);
            await stream.CopyToAsync(answer, cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Closed before all was read, which is what a refusal may look like; what came before counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>The status of every response in a text.</summary>
    public static IEnumerable<int> Statuses(string answer) => StatusLine().Matches(answer).Select(static line => int.Parse(line.Groups[1].ValueSpan));

    [GeneratedRegex("HTTP/1[.]1 ([0-9]{3}) ")]
    private static partial Regex StatusLine();
}
