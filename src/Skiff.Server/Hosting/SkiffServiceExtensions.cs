using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Skiff.Models;
using Skiff.Registry;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>Puts the model server into an ASP.NET Core program.</summary>
public static class SkiffServiceExtensions
{
    // What MapSkiff maps: the server's own paths, each with whatever follows.
    private static readonly string[] Patterns =
    [
        "/predict", "/health/{**rest}", "/models/{**rest}", "/metrics", "/openapi.json", "/docs", "/v1/{**rest}", "/v2/{**rest}",
    ];

    /// <summary>Adds the model server: it reads models from a registry folder and follows its changes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="loader">Reads the models, for instance <c>Skiff.Sklearn</c>'s loader.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddSkiff(this IServiceCollection services, IModelLoader loader, Action<SkiffOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(loader);
        var options = new SkiffOptions();
        configure?.Invoke(options);
        return services.AddSkiff(loader, options);
    }

    /// <summary>Maps the model server's paths beside a program's own: <c>/predict</c>, <c>/health</c>, <c>/models</c>, <c>/v1</c>, <c>/v2</c>, <c>/metrics</c>, <c>/docs</c>.</summary>
    /// <param name="endpoints">Where to. <see cref="SkiffOptions.PathPrefix"/> goes before every path.</param>
    /// <returns>What conventions, such as authorization, can be added to.</returns>
    public static IEndpointConventionBuilder MapSkiff(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var parts = endpoints.ServiceProvider.GetRequiredService<DispatcherParts>();
        RequestDelegate answer = new Dispatcher(parts).InvokeAsync;
        var group = endpoints.MapGroup(parts.Prefix);
        foreach (var pattern in Patterns)
        {
            group.Map(pattern, answer);
        }

        return group;
    }

    /// <summary>Adds the model server with options that are settled.</summary>
    internal static IServiceCollection AddSkiff(this IServiceCollection services, IModelLoader loader, SkiffOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new ModelRegistry(
            new RegistryOptions
            {
                Root = options.Registry,
                ModelName = options.ModelName,
                SettleTime = options.SettleTime,
                PollInterval = options.PollInterval,
                FollowLinks = options.FollowLinks,
                PythonPath = options.PythonPath,
            },
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RegistryCatalog(
            provider.GetRequiredService<ModelRegistry>(), options, provider.GetRequiredService<ILogger<RegistryCatalog>>()));
        services.AddSingleton<ICatalog>(static provider => provider.GetRequiredService<RegistryCatalog>());
        services.AddHostedService(static provider => provider.GetRequiredService<RegistryCatalog>());
        return services.AddSkiffCore(loader, options);
    }

    /// <summary>Everything but the registry.</summary>
    internal static IServiceCollection AddSkiffCore(this IServiceCollection services, IModelLoader loader, SkiffOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new DrainOptions());
        services.TryAddSingleton<Drain>();
        services.AddSingleton(options);
        services.AddSingleton(static provider => new ServerMetrics(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ConcurrencyGate(options.Concurrency, options.MaxQueue, options.MaxWait, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new BufferBudget(options.MaxBufferedBytes));
        services.AddSingleton(provider => new VersionLoader(
            loader,
            provider.GetRequiredService<ServerMetrics>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<VersionLoader>>()));
        services.AddSingleton(static provider => new ModelCache(
            provider.GetRequiredService<ICatalog>(),
            provider.GetRequiredService<VersionLoader>(),
            provider.GetRequiredService<ServerMetrics>(),
            provider.GetRequiredService<SkiffOptions>(),
            provider.GetRequiredService<ILogger<ModelCache>>()));
        services.AddHostedService(static provider => provider.GetRequiredService<ModelCache>());
        services.AddSingleton(static provider => new DataPlane(provider.GetRequiredService<ModelCache>(), provider.GetRequiredService<ConcurrencyGate>()));
        services.AddSingleton(static provider => new DispatcherParts(
            provider.GetRequiredService<ModelCache>(),
            provider.GetRequiredService<DataPlane>(),
            provider.GetRequiredService<ConcurrencyGate>(),
            provider.GetRequiredService<BufferBudget>(),
            provider.GetRequiredService<ServerMetrics>(),
            provider.GetRequiredService<Drain>(),
            provider.GetRequiredService<SkiffOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }
}
