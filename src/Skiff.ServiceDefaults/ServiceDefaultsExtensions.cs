using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>What a server and a gateway share.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the drain: on SIGTERM not ready at once, then a delay, then the requests that still run.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">How long.</param>
    public static IServiceCollection AddDrain(this IServiceCollection services, DrainOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<Drain>();
        services.AddHostedService<DrainService>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Delay + options.FinishWithin);
        return services;
    }

    /// <summary>Logs to standard output, one JSON object a line.</summary>
    /// <param name="logging">The logging builder.</param>
    /// <param name="minimum">The lowest level that is written.</param>
    public static ILoggingBuilder AddJsonLines(this ILoggingBuilder logging, LogLevel minimum = LogLevel.Information)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.SetMinimumLevel(minimum);
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.Services.AddSingleton<ILoggerProvider>(services =>
            new JsonLineLoggerProvider(Console.OpenStandardOutput(), services.GetRequiredService<TimeProvider>()));
        return logging;
    }
}
