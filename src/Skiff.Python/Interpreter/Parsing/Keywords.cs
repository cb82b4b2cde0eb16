using System.Collections.Frozen;

namespace Skiff.Python.Interpreter;

/// <summary>Python's reserved words.</summary>
internal static class Keywords
{
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
        "while", "with", "yield",
    }.ToFrozenSet();

    public static bool IsReserved(string name) => Reserved.Contains(name);
}
