namespace Skiff.Python.Regex;

/// <summary>A place between characters, as written.</summary>
internal enum AnchorKind
{
    /// <summary><c>^</c></summary>
    Beginning,

    /// <summary><c>\A</c></summary>
    BeginningOfText,

    /// <summary><c>$</c></summary>
    End,

    /// <summary><c>\Z</c>, <c>\z</c></summary>
    EndOfText,

    /// <summary><c>\b</c></summary>
    Boundary,

    /// <summary><c>\B</c></summary>
    NonBoundary,
}
