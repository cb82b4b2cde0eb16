namespace Skiff.Python.Interpreter;

/// <summary>A Python file cannot be used: it is not Python, lacks the function, or the function reaches what is not interpreted.</summary>
public sealed class PySourceException : Exception
{
    internal PySourceException(string fileName, int line, string construct, string reason)
        : base(line > 0 ? $"{fileName}, line {line}: {reason}" : $"{fileName}: {reason}")
    {
        FileName = fileName;
        Line = line;
        Construct = construct;
    }

    /// <summary>The file.</summary>
    public string FileName { get; }

    /// <summary>The line, counted from 1; 0 where the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>What was met, in a few words: <c>import of nltk</c>, <c>'with' statement</c>.</summary>
    public string Construct { get; }
}
