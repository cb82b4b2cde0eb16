using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>A compiled pattern.</summary>
internal sealed class PyPatternValue(PyRegex regex, PyStr source) : PyObject(PyKind.Pattern)
{
    public readonly PyRegex Regex = regex;
    public readonly PyStr Source = source;
}

/// <summary>A match: the text, and for each group the bytes at which it starts and ends, -1 where it caught nothing.</summary>
internal sealed class PyMatchValue(PyRegex regex, PyStr text, int[] spans, int lastIndex, int start, int end) : PyObject(PyKind.Match)
{
    public readonly PyRegex Regex = regex;
    public readonly PyStr Text = text;
    public readonly int[] Spans = spans;
    public readonly int LastIndex = lastIndex;

    /// <summary>The bytes between which the search went: pos and endpos.</summary>
    public readonly int SearchStart = start;
    public readonly int SearchEnd = end;

    public int GroupCount => (Spans.Length / 2) - 1;
}
