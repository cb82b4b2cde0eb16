namespace Skiff.Python.Regex;

/// <summary>A pattern or a replacement that Python's <c>re</c> refuses, with the message that CPython 3.14 gives.</summary>
public sealed class PyRegexException : Exception
{
    /// <summary>Makes the exception.</summary>
    public PyRegexException()
        : this("the pattern is malformed")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message, whole.</param>
    public PyRegexException(string message)
        : base(message)
    {
        Reason = message;
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message, whole.</param>
    /// <param name="innerException">What caused it.</param>
    public PyRegexException(string message, Exception innerException)
        : base(message, innerException)
    {
        Reason = message;
    }

    private PyRegexException(string reason, string message, int position, int line, int column)
        : base(message)
    {
        Reason = reason;
        Position = position;
        Line = line;
        Column = column;
    }

    /// <summary>The message without the position: <c>re.error.msg</c>.</summary>
    public string Reason { get; }

    /// <summary>Where in the pattern, in code points from 0; -1 where none is known.</summary>
    public int Position { get; } = -1;

    /// <summary>The line of the position, from 1; 0 where none is known.</summary>
    public int Line { get; }

    /// <summary>The column of the position, from 1; 0 where none is known.</summary>
    public int Column { get; }

    /// <summary>
    /// The Python class that is raised: <c>PatternError</c> (which <c>re.error</c> names too), <c>ValueError</c> for flags that do not go
    /// together, <c>OverflowError</c> for repetition counts, <c>IndexError</c> for a group name that a replacement makes up.
    /// </summary>
    public string PythonType { get; private init; } = "PatternError";

    internal static PyRegexException At(string reason, ReadOnlySpan<int> pattern, int position)
    {
        var before = pattern[..Math.Clamp(position, 0, pattern.Length)];
        var line = before.Count('\n') + 1;
        var column = position - before.LastIndexOf('\n');
        var message = $"{reason} at position {position}";
        if (pattern.Contains('\n'))
        {
            message += $" (line {line}, column {column})";
        }

        return new PyRegexException(reason, message, position, line, column);
    }

    internal static PyRegexException OfType(string pythonType, string message) => new(message) { PythonType = pythonType };
}
