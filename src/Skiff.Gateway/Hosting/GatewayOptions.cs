using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>What is asked of a gateway. docs/gateway.md lists how each is set.</summary>
internal sealed class GatewayOptions : ServiceOptions
{
    /// <summary>The port unless something says otherwise.</summary>
    internal const int DefaultPort = 3000;

    internal GatewayOptions()
        : base(DefaultPort)
    {
        ApiKeys.Variable = "API_KEYS";
    }

    /// <summary>Where the model servers are. A name with several addresses stands for one server each.</summary>
    internal IReadOnlyList<Uri> ModelServers { get; set; } = [];

    /// <summary>A file with the key that the model servers ask for; null where they ask for none.</summary>
    internal string? ModelApiKeyFile { get; set; }

    /// <summary>How long one model server may take to answer before another is asked.</summary>
    internal TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a caller waits at most, whatever is tried.</summary>
    internal TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests may be with the model servers at the same time.</summary>
    internal int MaxConcurrency { get; set; } = 512;

    /// <summary>How many more may wait.</summary>
    internal int MaxQueue { get; set; } = 1024;

    /// <summary>The largest body of a request, in bytes.</summary>
    internal int MaxBodyBytes { get; set; } = 32 << 20;

    /// <summary>The largest answer of a model server, in bytes.</summary>
    internal int MaxAnswerBytes { get; set; } = 64 << 20;

    /// <summary>How many bytes of requests and answers are held at the same time; 0 for a quarter of the memory.</summary>
    internal long MaxBufferedBytes { get; set; }

    /// <summary>How many requests a second a key may send; 0 for no limit.</summary>
    internal int RateLimit { get; set; }

    /// <summary>Which web pages may call from a browser; empty for none.</summary>
    internal IReadOnlyList<string> CorsOrigins { get; set; } = [];

    /// <summary>The port of <c>/metrics</c>, for the inside only; 0 for none.</summary>
    internal int MetricsPort { get; set; } = 9464;

    /// <summary>How often the health of a model server is asked for.</summary>
    internal TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override int DescriptorsPerConnection => 2;

    /// <summary>How often names are looked up again.</summary>
    internal TimeSpan DnsInterval { get; set; } = TimeSpan.FromSeconds(5);
}
