namespace Skiff.Python.Regex;

/// <summary>The flags of Python's <c>re</c>, with the values they have there.</summary>
[Flags]
public enum PyRegexFlags
{
    /// <summary>No flag: Unicode classes, case counts.</summary>
    None = 0,

    /// <summary><c>re.IGNORECASE</c>.</summary>
    IgnoreCase = 2,

    /// <summary><c>re.LOCALE</c>: refused, as Python refuses it for text.</summary>
    Locale = 4,

    /// <summary><c>re.MULTILINE</c>: <c>^</c> and <c>$</c> match at every line.</summary>
    Multiline = 8,

    /// <summary><c>re.DOTALL</c>: the dot matches a newline too.</summary>
    DotAll = 16,

    /// <summary><c>re.UNICODE</c>: the default for text, set in every compiled pattern without <see cref="Ascii"/>.</summary>
    Unicode = 32,

    /// <summary><c>re.VERBOSE</c>: whitespace and comments in the pattern are skipped.</summary>
    Verbose = 64,

    /// <summary><c>re.DEBUG</c>: taken and without effect.</summary>
    Debug = 128,

    /// <summary><c>re.ASCII</c>: <c>\w</c>, <c>\d</c>, <c>\s</c>, <c>\b</c> and the folding of case know ASCII alone.</summary>
    Ascii = 256,
}
