namespace Skiff.Gateway;

/// <summary>How asking one model server ended.</summary>
internal enum TryOutcome
{
    /// <summary>With an answer that can be passed on, be it a refusal.</summary>
    Answered,

    /// <summary>No model server is known.</summary>
    NoServer,

    /// <summary>No connection could be made.</summary>
    Unreachable,

    /// <summary>The connection ended before the answer was whole.</summary>
    BrokenOff,

    /// <summary>There was no whole answer in time.</summary>
    TimedOut,

    /// <summary>It said that it cannot take the request now.</summary>
    Unavailable,

    /// <summary>What came is no answer of a model server.</summary>
    BadAnswer,

    /// <summary>The caller has gone.</summary>
    CallerGone,
}

internal static class TryOutcomes
{
    /// <summary>The label of the metrics.</summary>
    internal static string Label(this TryOutcome outcome) => outcome switch
    {
        TryOutcome.Answered => "answered",
        TryOutcome.NoServer => "no_server",
        TryOutcome.Unreachable => "unreachable",
        TryOutcome.BrokenOff => "broken_off",
        TryOutcome.TimedOut => "timed_out",
        TryOutcome.Unavailable => "unavailable",
        TryOutcome.BadAnswer => "bad_answer",
        _ => "caller_gone",
    };
}
