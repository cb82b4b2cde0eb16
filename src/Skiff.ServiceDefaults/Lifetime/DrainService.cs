using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>Holds the host back from closing its sockets until the drain's delay is over.</summary>
internal sealed partial class DrainService(Drain drain, DrainOptions options, ILogger<DrainService> logger) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Log.Draining(logger, options.Delay.TotalSeconds, options.FinishWithin.TotalSeconds);
        return drain.BeginAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(logger);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
