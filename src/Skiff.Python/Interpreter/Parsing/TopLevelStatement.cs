namespace Skiff.Python.Interpreter;

/// <summary>A statement at the top level of a file: where its tokens are, and which names it binds or changes.</summary>
internal sealed class TopLevelStatement(int start, int line)
{
    public int Start { get; } = start;

    public int Line { get; } = line;

    public HashSet<string> Names { get; } = [];

    public bool HasImport { get; set; }

    /// <summary>An import and nothing else, so that what its names mean is known before anything runs.</summary>
    public bool IsImport { get; set; }

    /// <summary>The statement as parsed, once something reached it.</summary>
    public Stmt? Node { get; set; }

    public Scope? Unit { get; set; }
}
