using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Skiff.Gateway;

/// <summary>The gateway as a process.</summary>
internal static class GatewayHost
{
    private static readonly TelemetryOptions Telemetry = new()
    {
        ServiceName = "skiff-gateway",
        ServiceVersion = typeof(GatewayHost).Assembly.GetName().Version?.ToString(3) ?? string.Empty,

        // The second has a span for each model server that was asked.
        Sources = [GatewayMetrics.MeterName, "System.Net.Http"],
        Meters = [GatewayMetrics.MeterName],
    };

    /// <summary>Makes a gateway that has not been started.</summary>
    /// <param name="options">What is asked of it.</param>
    /// <param name="configure">Changes services, for tests.</param>
    /// <exception cref="FormatException">An address cannot be listened on, or a key is malformed.</exception>
    internal static WebApplication Build(GatewayOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceHost.CreateBuilder("skiff-gateway", options);
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = Scheduling.IsInline);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.LimitHeads(options.RequestTimeout);

        // YARP has lines for every request and every probe; the gateway's own say what changes.
        builder.Logging.AddFilter("Yarp", options.LogLevel <= LogLevel.Debug ? options.LogLevel : LogLevel.Error);

        // Its forwarder writes whole addresses, and callers put secrets into queries.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.Error);
        builder.AddSkiffTelemetry(Telemetry, options.Telemetry);
        AddServices(builder.Services, options);
        AddProxy(builder.Services, options);
        configure?.Invoke(builder);
        var app = builder.Build();
        if (options.CorsOrigins.Count > 0)
        {
            app.UseCors(policy => (options.CorsOrigins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins([.. options.CorsOrigins]))
                .WithMethods("GET", "POST").AllowAnyHeader().WithExposedHeaders(RequestIds.HeaderName));
        }

        app.UseMiddleware<FrontDoor>();
        if (options.RateLimit > 0)
        {
            app.UseRateLimiter();
        }

        // The last that a request comes to. YARP is mapped for what it does beside requests: it finds the model servers, and asks for their health.
        app.Run(app.Services.GetRequiredService<Admission>().InvokeAsync);
        app.UseRouting();
        app.MapReverseProxy();

        // Malformed keys are known before the first caller comes.
        app.Services.GetRequiredService<ApiKeys>();
        return app;
    }

    /// <summary>Starts a gateway, says where it listens, and runs it until it is told to stop.</summary>
    /// <exception cref="IOException">An address is taken.</exception>
    internal static Task RunAsync(WebApplication app) => ServiceHost.RunAsync(
        app, $"before {string.Join(" ", app.Services.GetRequiredService<GatewayOptions>().ModelServers.AsEnumerable())}");

    private static void Listen(KestrelServerOptions kestrel, GatewayOptions options)
    {
        // Admission counts what a body holds; Kestrel would count what stands around chunks too.
        kestrel.Limits.MaxRequestBodySize = null;

        // As the model servers' headers are read: each byte goes on as it came.
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        if (options.MetricsPort > 0)
        {
            if (options.AllInterfaces)
            {
                kestrel.ListenAnyIP(options.MetricsPort, static listen => listen.Protocols = HttpProtocols.Http1);
            }
            else
            {
                kestrel.Listen(IPAddress.Loopback, options.MetricsPort, static listen => listen.Protocols = HttpProtocols.Http1);
            }
        }
    }

    private static void AddServices(IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new ConcurrencyGate(
            options.MaxConcurrency, options.MaxQueue, Timeout.InfiniteTimeSpan, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RetryBudget>();
        services.AddSingleton(new BufferBudget(options.MaxBufferedBytes));
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton(static provider => new RequestObserver(
            GatewayMetrics.MeterName,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(RequestLog.Category),
            provider.GetRequiredService<TimeProvider>(),
            static context => GatewayRoute.Find(context.Request.Path)?.Pattern,
            AccessLog.Done));
        services.AddSingleton<HealthPages>();
        services.AddSingleton<Answers>();
        services.AddSingleton<Admission>();
        services.AddSingleton<ModelApiKey>();
        services.AddRoutingCore();
        if (options.CorsOrigins.Count > 0)
        {
            services.AddCors();
        }

        if (options.RateLimit > 0)
        {
            RateLimits.Add(services, options);
        }
    }

    private static void AddProxy(IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton<IActiveHealthCheckPolicy, ProbePolicy>();
        services.AddSingleton<IDestinationResolver, ModelServerResolver>();
        services.AddSingleton<ServerPool>();
        services.AddSingleton<ServerClient>();
        services.AddSingleton<Retries>();
        services.AddReverseProxy()
            .LoadFromMemory([], [ModelServers.ClusterOf(options)]);
        services.AddSingleton<IForwarderHttpClientFactory, ModelServerClients>();
        RemoveKeyRing(services);
    }

    /// <summary>YARP brings a ring of keys for cookies of sessions, which would be made and written to disk at every start. There are no sessions here.</summary>
    private static void RemoveKeyRing(IServiceCollection services)
    {
        var starts = services.Where(static s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly).ToArray();
        foreach (var start in starts)
        {
            services.Remove(start);
        }
    }
}
