namespace Skiff.ServiceDefaults;

/// <summary>How a process ends.</summary>
public sealed class DrainOptions
{
    /// <summary>
    /// How long it goes on serving after it was told to stop, not ready any more, so that load balancers find out before connections are refused.
    /// Zero for not at all.
    /// </summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests that run when it stops accepting may take to finish.</summary>
    public TimeSpan FinishWithin { get; set; } = TimeSpan.FromSeconds(25);
}
