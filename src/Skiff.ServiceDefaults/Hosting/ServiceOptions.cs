using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>What is asked of any process of ours: where and how it listens, who may call, how it ends and logs.</summary>
/// <param name="defaultPort">The port unless something says otherwise.</param>
public abstract class ServiceOptions(int defaultPort)
{
    /// <summary>Where it listens; empty for the default: port <see cref="Port"/>, on loopback or on all interfaces after <see cref="AllInterfaces"/>.</summary>
    public IReadOnlyList<string> Urls { get; set; } = [];

    /// <summary>The port where no URLs are given.</summary>
    public int Port { get; set; } = defaultPort;

    /// <summary>Whether it listens on all interfaces where no URLs are given. A container's only way in, and nobody's laptop's default.</summary>
    public bool AllInterfaces { get; set; }

    /// <summary>How many connections there may be at the same time; 0 for as many as the limit of open files allows.</summary>
    public int MaxConnections { get; set; }

    /// <summary>The certificate's PEM file; null for no TLS. Read again when it changes.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The key's PEM file; null where the certificate's holds it.</summary>
    public string? KeyPath { get; set; }

    /// <summary>Who may call.</summary>
    public ApiKeyOptions ApiKeys { get; } = new();

    /// <summary>How it ends.</summary>
    public DrainOptions Drain { get; } = new();

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>Whether each request is logged.</summary>
    public bool AccessLog { get; set; }

    /// <summary>What is exported by OTLP, and where to.</summary>
    public TelemetryVariables Telemetry { get; set; } = TelemetryVariables.None;

    /// <summary>How many file descriptors a connection takes, with what is opened to answer it.</summary>
    public virtual int DescriptorsPerConnection => 1;

    /// <summary>The addresses to listen on.</summary>
    public IReadOnlyList<string> EffectiveUrls => Urls.Count > 0
        ? Urls
        : [$"{(CertificatePath is null ? "http" : "https")}://{(AllInterfaces ? "*" : "localhost")}:{Port}"];
}
