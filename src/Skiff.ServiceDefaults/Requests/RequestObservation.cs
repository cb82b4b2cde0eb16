using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Skiff.ServiceDefaults;

/// <summary>A request that a <see cref="RequestObserver"/> looks at, from its beginning to its end.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "It is handed back, never compared.")]
public readonly struct RequestObservation
{
    internal RequestObservation(Activity? activity, long start)
    {
        Activity = activity;
        Start = start;
    }

    /// <summary>Its span, or what carries the caller's trace id into the log; null where nobody traces.</summary>
    public Activity? Activity { get; }

    /// <summary>When it came, by the observer's clock.</summary>
    internal long Start { get; }
}
