namespace Skiff.Server;

/// <summary>How a version stands.</summary>
internal enum VersionState
{
    /// <summary>Nobody has asked for it yet.</summary>
    NotLoaded,

    /// <summary>It is being read.</summary>
    Loading,

    /// <summary>It is in memory, and answers when it is asked for.</summary>
    Loaded,

    /// <summary>It answers when no version is asked for.</summary>
    Serving,

    /// <summary>It was removed from memory, and is read again when it is asked for.</summary>
    Unloaded,

    /// <summary>Its files cannot be served.</summary>
    Refused,
}

internal static class VersionStates
{
    internal static string Name(this VersionState state) => state switch
    {
        VersionState.Loading => "loading",
        VersionState.Loaded => "loaded",
        VersionState.Serving => "serving",
        VersionState.Unloaded => "unloaded",
        VersionState.Refused => "refused",
        _ => "not_loaded",
    };
}
