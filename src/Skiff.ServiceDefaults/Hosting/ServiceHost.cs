using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>A process of ours: Kestrel with nothing around it but what the options ask for.</summary>
public static class ServiceHost
{
    // Of each connection, and counted nowhere: what comes faster than it is read, and bodies of requests that are refused.
    private const int RequestBuffer = 1 << 17;

    /// <summary>A builder with logs, drain, keys, certificate and listening in place. Empty otherwise: no routing, no middleware, none of ASP.NET's variables.</summary>
    /// <param name="name">The process's name.</param>
    /// <param name="options">What is asked of it.</param>
    public static WebApplicationBuilder CreateBuilder(string name, ServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Whatever stands in front may take lines that end otherwise for part of the line before, and see other requests than are answered here.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = name });
        AddLogging(builder.Logging, options);
        builder.Services.AddDrain(options.Drain);
        builder.Services.AddSingleton(services => new CertificateFile(
            options.CertificatePath, options.KeyPath, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<CertificateFile>>()));
        builder.Services.AddSingleton(services => new ApiKeys(
            options.ApiKeys, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ApiKeys>>()));
        builder.Services.AddSingleton(services => new ConnectionLimit(
            options.MaxConnections > 0 ? options.MaxConnections : FileDescriptors.Connections(options.DescriptorsPerConnection),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ConnectionLimit>>()));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBufferSize = RequestBuffer;
            foreach (var url in options.EffectiveUrls)
            {
                Listening.Listen(kestrel, url);
            }
        });
        return builder;
    }

    /// <summary>Ends connections whose head does not come in time: a request has not more time for its head than for everything.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="requestTimeout">What a request may take.</param>
    public static void LimitHeads(this WebApplicationBuilder builder, TimeSpan requestTimeout)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (requestTimeout > TimeSpan.Zero && requestTimeout < kestrel.Limits.RequestHeadersTimeout)
            {
                kestrel.Limits.RequestHeadersTimeout = requestTimeout;
            }
        });
    }

    /// <summary>Starts a process, says where it listens, and runs it until it is told to stop.</summary>
    /// <param name="app">The process.</param>
    /// <param name="purpose">What it does, for the log.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task RunAsync(WebApplication app, string purpose, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            HostLog.Listening(app.Logger, string.Join(" ", addresses), purpose);
            await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static void AddLogging(ILoggingBuilder logging, ServiceOptions options)
    {
        logging.AddJsonLines(options.LogLevel);
        logging.AddFilter("Microsoft", Max(options.LogLevel, LogLevel.Warning));
        // With this one on, at whatever level, the host makes an activity and a scope for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter(RequestLog.Category, options.AccessLog ? LogLevel.Information : LogLevel.None);
    }

    private static LogLevel Max(LogLevel a, LogLevel b) => a > b ? a : b;
}
