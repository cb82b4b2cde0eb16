namespace Skiff.Python.Regex;

/// <summary>How a repetition chooses how often.</summary>
internal enum RepeatMode
{
    Greedy,
    Lazy,
    Possessive,
}
