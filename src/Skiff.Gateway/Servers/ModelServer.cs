using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Skiff.ServiceDefaults;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>What the gateway remembers of a model server beside what YARP does: how many requests are with it, how often a probe had no answer, and who waits for it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing that must be given back.")]
internal sealed class ModelServer
{
    private static readonly ConditionalWeakTable<DestinationState, ModelServer> Servers = [];

    private volatile CancellationTokenSource _silent = new();
    private int _running;

    /// <summary>How many requests are with it.</summary>
    internal int Running => Volatile.Read(ref _running);

    /// <summary>The counters of how asking it ended, by <see cref="TryOutcome"/>; null for what has not happened.</summary>
    internal CounterSeries?[] Tries { get; } = new CounterSeries?[Enum.GetValues<TryOutcome>().Length];

    /// <summary>How many probes in a row had no answer. Only the prober touches it.</summary>
    internal int UnansweredProbes { get; set; }

    /// <summary>Ends when the server is found to be silent: whoever waits for it need not go on.</summary>
    internal CancellationToken Silent => _silent.Token;

    internal static ModelServer Of(DestinationState destination) => Servers.GetValue(destination, static _ => new ModelServer());

    internal void Enter() => Interlocked.Increment(ref _running);

    internal void Exit() => Interlocked.Decrement(ref _running);

    /// <summary>Lets go of everybody who waits for an answer.</summary>
    internal void ReleaseWaiting()
    {
        var before = _silent;
        _silent = new CancellationTokenSource();
        before.Cancel();
    }
}
