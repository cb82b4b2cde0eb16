namespace Skiff.Python.Regex;

/// <summary>Where a match may start and must end.</summary>
internal enum MatchMode
{
    /// <summary>Anywhere.</summary>
    Search,

    /// <summary>At the start.</summary>
    Anchored,

    /// <summary>At the start, and all of the text.</summary>
    Full,
}
