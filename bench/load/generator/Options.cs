using System.Globalization;
using System.Net;
using System.Text;

namespace Skiff.Bench.Load;

/// <summary>So many requests a second for so long; a rate of 0 is a closed load: each connection asks again as soon as it is answered.</summary>
internal readonly record struct Phase(double Rate, double Seconds);

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    internal const string Usage = """
        usage: load --url http://127.0.0.1:PORT/PATH --body FILE [--body FILE]... [options]
               load --url http://127.0.0.1:PORT --verify FILE [options]

          --phases RATE:SECONDS[,...]   requests a second and how long; a rate of 0 is a closed load      (default: 0:5)
          --connections N               how many at most                                                  (default: 16)
          --timeout MS                  an answer that takes longer is given up, its connection closed    (default: 30000)
          --warmup SECONDS              a closed load before the phases, which is not counted             (default: 0)
          --header "NAME: VALUE"        sent with each request                                            (default: application/json)
          --verify FILE                 requests, and scikit-learn's answers to each, as verify_models.py writes them: every answer is compared
          --series FILE                 a line of CSV for each 100 ms: what was due, answered, refused, failed, and the latencies

        Latencies are counted from when a request was due, not from when it could be sent. The last line is JSON. Addresses of this machine only.
        """;

    internal required IPEndPoint Address { get; init; }

    internal required IReadOnlyList<byte[]> Requests { get; init; }

    internal IReadOnlyList<Phase> Phases { get; private init; } = [new(0, 5)];

    internal int Connections { get; private init; } = 16;

    internal double TimeoutMs { get; private init; } = 30_000;

    internal double Warmup { get; private init; }

    internal string? Series { get; private init; }

    /// <summary>What each request should be answered with; null where nobody compares.</summary>
    internal Plan? Plan { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    internal static Options Parse(string[] args)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            {
                throw new FormatException($"'{args[i]}' is not an option with a value");
            }

            values.TryAdd(args[i], []);
            values[args[i]].Add(args[i + 1]);
        }

        string? Last(string name) => values.TryGetValue(name, out var given) ? given[^1] : null;
        var url = new Uri(Last("--url") ?? throw new FormatException("--url is missing"));
        if (!IPAddress.TryParse(url.Host, out var host) || !IPAddress.IsLoopback(host))
        {
            throw new FormatException($"{url.Host} is not an address of this machine");
        }

        var plan = Last("--verify") is { } file ? Plan.Read(file) : null;
        var bodies = values.GetValueOrDefault("--body") ?? (plan is null ? throw new FormatException("--body is missing") : []);
        var headers = values.GetValueOrDefault("--header") ?? ["Content-Type: application/json"];
        return new Options
        {
            Address = new IPEndPoint(host, url.Port),
            Requests = plan is null
                ? [.. bodies.Select(body => Request(url, headers, File.ReadAllBytes(body)))]
                : [.. plan.Requests.Select(request => Request(new Uri(url, request.Path), [.. headers, Plan.FixedId], request.Body))],
            Plan = plan,
            Phases = Last("--phases") is { } phases ? [.. phases.Split(',').Select(ParsePhase)] : [new Phase(0, 5)],
            Connections = int.Parse(Last("--connections") ?? "16", CultureInfo.InvariantCulture),
            TimeoutMs = Number(Last("--timeout") ?? "30000"),
            Warmup = Number(Last("--warmup") ?? "0"),
            Series = Last("--series"),
        };
    }

    private static Phase ParsePhase(string text) =>
        text.Split(':') is [var rate, var seconds] ? new Phase(Number(rate), Number(seconds)) : throw new FormatException($"'{text}' is not RATE:SECONDS");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static byte[] Request(Uri url, IEnumerable<string> headers, byte[] body)
    {
        var head = $"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
