namespace Skiff.ServiceDefaults;

/// <summary>How waiting for a turn ended.</summary>
public enum GateOutcome
{
    /// <summary>With a turn.</summary>
    Entered,

    /// <summary>At once: too many wait already.</summary>
    Full,

    /// <summary>Without one: the wait was cancelled.</summary>
    GaveUp,
}
