namespace Skiff.Python.Regex;

/// <summary>A compiled pattern: code and what it points to. Immutable.</summary>
internal sealed class RegexProgram
{
    internal required int[] Code { get; init; }

    internal required CharClass[] Classes { get; init; }

    internal required byte[] Literals { get; init; }

    internal required MemoPoint[] Memos { get; init; }

    /// <summary>Rows of notes a search may need; 0 where notes would not be right (backreferences) or not help.</summary>
    internal required int MemoRows { get; init; }

    /// <summary>Groups take two registers each, the last group that ended one; then loops.</summary>
    internal required int RegisterCount { get; init; }

    internal required int GroupCount { get; init; }

    internal required StartFinder Start { get; init; }

    /// <summary>The class of a pattern that is one character, or one character once or more, and nothing else.</summary>
    internal CharClass? OnlyClass { get; init; }

    /// <summary>Whether <see cref="OnlyClass"/> repeats.</summary>
    internal bool OnlyClassRepeats { get; init; }

    internal int LastIndexRegister => 2 * GroupCount;
}
