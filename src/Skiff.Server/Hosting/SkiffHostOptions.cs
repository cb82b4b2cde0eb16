using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>What is asked of a server that is a process of its own: <see cref="SkiffOptions"/>, and where and how it listens, ends and logs.</summary>
public sealed class SkiffHostOptions
{
    /// <summary>The port unless something says otherwise.</summary>
    public const int DefaultPort = 8000;

    /// <summary>What the server serves.</summary>
    public SkiffOptions Server { get; } = new();

    /// <summary>How it ends.</summary>
    public DrainOptions Drain { get; } = new();

    /// <summary>Where it listens; empty for the default: port <see cref="Port"/>, on loopback or on all interfaces after <see cref="AllInterfaces"/>.</summary>
    public IReadOnlyList<string> Urls { get; set; } = [];

    /// <summary>The port where no URLs are given.</summary>
    public int Port { get; set; } = DefaultPort;

    /// <summary>Whether it listens on all interfaces where no URLs are given. A container's only way in, and nobody's laptop's default.</summary>
    public bool AllInterfaces { get; set; }

    /// <summary>The certificate's PEM file; null for no TLS. Read again when it changes.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The key's PEM file; null where the certificate's holds it.</summary>
    public string? KeyPath { get; set; }

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>Whether each request is logged.</summary>
    public bool AccessLog { get; set; }

    /// <summary>The addresses to listen on.</summary>
    internal IReadOnlyList<string> EffectiveUrls => Urls.Count > 0
        ? Urls
        : [$"{(CertificatePath is null ? "http" : "https")}://{(AllInterfaces ? "*" : "localhost")}:{Port}"];
}
