namespace Skiff.Python.Interpreter;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    Name,
    Number,
    String,
    FString,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
}

/// <summary>A piece of source: what it is, where it stands, and its text where it is a name or an operator.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, int Line, string Text)
{
    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    public bool IsName(string text) => Kind == TokenKind.Name && Text == text;
}
