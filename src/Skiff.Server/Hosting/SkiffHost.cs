using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Skiff.Models;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>The model server as a process of its own.</summary>
public static class SkiffHost
{
    private static readonly TelemetryOptions Telemetry = new()
    {
        ServiceName = "skiff",
        ServiceVersion = V2Pages.ServerVersion,
        Sources = [ServerMetrics.MeterName],
        Meters = [ServerMetrics.MeterName],
    };

    /// <summary>Makes a server that has not been started.</summary>
    /// <param name="options">What is asked of it.</param>
    /// <param name="loader">Reads the models.</param>
    /// <param name="configure">Changes services, for tests and for whoever builds on it.</param>
    /// <exception cref="FormatException">An address cannot be listened on.</exception>
    public static WebApplication Build(SkiffHostOptions options, IModelLoader loader, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loader);
        var builder = ServiceHost.CreateBuilder("skiff", options);
        builder.AddSkiffTelemetry(Telemetry, options.Telemetry);
        builder.Services.AddSkiff(loader, options.Server);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = options.Server.MaxBodyBytes);
        builder.LimitHeads(options.Server.RequestTimeout);
        KeepThreadsForRefusals(options.Server.Concurrency);
        configure?.Invoke(builder);
        var app = builder.Build();
        var keys = options.ApiKeys.IsAskedFor ? app.Services.GetRequiredService<ApiKeys>() : null;
        app.Run(new RequestDelegate(new Dispatcher(app.Services.GetRequiredService<DispatcherParts>(), keys).InvokeAsync));
        return app;
    }

    /// <summary>Starts a server, says where it listens, and runs it until it is told to stop.</summary>
    /// <param name="app">The server.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    public static Task RunAsync(WebApplication app, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        return ServiceHost.RunAsync(app, $"serving {app.Services.GetRequiredService<SkiffOptions>().Registry}", cancellation);
    }

    // Predictions run on the pool's threads. Were these as few as the predictions, what comes in beyond them would wait in the pool, where nobody counts it.
    private static void KeepThreadsForRefusals(int concurrency)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, concurrency + Environment.ProcessorCount), completions);
    }
}
