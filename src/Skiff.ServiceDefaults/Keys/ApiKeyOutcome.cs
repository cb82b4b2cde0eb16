namespace Skiff.ServiceDefaults;

/// <summary>What a request's key is worth.</summary>
public enum ApiKeyOutcome
{
    /// <summary>It is valid, or none is asked for.</summary>
    Accepted,

    /// <summary>There is none, or more than one.</summary>
    Missing,

    /// <summary>It is not valid.</summary>
    Wrong,

    /// <summary>Keys are asked for, and there are none that could be valid.</summary>
    NoneConfigured,
}
