using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skiff.Models;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>The model server as a process of its own.</summary>
public static class SkiffHost
{
    /// <summary>Makes a server that has not been started.</summary>
    /// <param name="options">What is asked of it.</param>
    /// <param name="loader">Reads the models.</param>
    /// <param name="configure">Changes services, for tests and for whoever builds on it.</param>
    /// <exception cref="FormatException">An address cannot be listened on.</exception>
    public static WebApplication Build(SkiffHostOptions options, IModelLoader loader, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loader);
        // Empty on purpose: no routing, no middleware, no configuration beside our own, none of ASP.NET's variables.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "skiff" });
        AddLogging(builder.Logging, options);
        builder.Services.AddDrain(options.Drain);
        builder.Services.AddSkiff(loader, options.Server);
        builder.Services.AddSingleton<CertificateFile>(services =>
            new CertificateFile(options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<CertificateFile>>()));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        configure?.Invoke(builder);
        var app = builder.Build();
        app.Run(new RequestDelegate(new Dispatcher(app.Services.GetRequiredService<DispatcherParts>()).InvokeAsync));
        return app;
    }

    /// <summary>Starts a server, says where it listens, and runs it until it is told to stop.</summary>
    /// <param name="app">The server.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task RunAsync(WebApplication app, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            HostLog.Listening(app.Logger, string.Join(" ", addresses), app.Services.GetRequiredService<SkiffOptions>().Registry);
            await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static void AddLogging(ILoggingBuilder logging, SkiffHostOptions options)
    {
        logging.AddJsonLines(options.LogLevel);
        logging.AddFilter("Microsoft", Max(options.LogLevel, LogLevel.Warning));
        // With this one on, at whatever level, the host makes an activity and a scope for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Skiff.Access", options.AccessLog ? LogLevel.Information : LogLevel.None);
    }

    private static LogLevel Max(LogLevel a, LogLevel b) => a > b ? a : b;

    private static void Configure(KestrelServerOptions kestrel, SkiffHostOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.Server.MaxBodyBytes;
        foreach (var url in options.EffectiveUrls)
        {
            Listen(kestrel, url);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw new FormatException($"--urls: '{url}' is not an address such as http://127.0.0.1:8000 or http://unix:/run/skiff.sock", e);
        }

        var isTls = address.Scheme == Uri.UriSchemeHttps;
        if (!isTls && address.Scheme != Uri.UriSchemeHttp)
        {
            throw new FormatException($"--urls: '{url}' should begin with http:// or https://");
        }

        void Setup(ListenOptions listen) => SetUp(listen, isTls);
        if (address.IsUnixPipe)
        {
            File.Delete(address.UnixPipePath);
            kestrel.ListenUnixSocket(address.UnixPipePath, Setup);
        }
        else if (address.Host == "localhost" && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port, Setup);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) || (address.Host == "localhost" && (ip = IPAddress.Loopback) is not null))
        {
            kestrel.Listen(ip, address.Port, Setup);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Setup);
        }
    }

    private static void SetUp(ListenOptions listen, bool isTls)
    {
        if (!isTls)
        {
            listen.Protocols = HttpProtocols.Http1;
            return;
        }

        var file = listen.ApplicationServices.GetRequiredService<CertificateFile>();
        file.Require();
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificateSelector = (_, _) => file.Current });
    }
}
