namespace Skiff.Python.Interpreter;

/// <summary>Reads from the tokens of an import which module a name of it means.</summary>
internal static class ImportScanner
{
    /// <summary>The module that a name means after the import, or null where it means something else.</summary>
    public static PyModuleValue? ModuleOf(IReadOnlyList<Token> tokens, int start, string name)
    {
        var at = start + 1;
        var prefix = "";
        if (tokens[start].IsName("from"))
        {
            prefix = Dotted(tokens, ref at) + ".";
            at++;
        }

        while (tokens[at].Kind is not (TokenKind.Newline or TokenKind.End))
        {
            if (tokens[at].Kind != TokenKind.Name)
            {
                at++;
                continue;
            }

            var dotted = Dotted(tokens, ref at);
            var bound = dotted;
            if (tokens[at].IsName("as"))
            {
                bound = tokens[at + 1].Text;
                at += 2;
            }

            if (bound == name)
            {
                return ModuleTable.Find(prefix + dotted);
            }
        }

        return null;
    }

    private static string Dotted(IReadOnlyList<Token> tokens, ref int at)
    {
        var name = tokens[at++].Text;
        while (tokens[at].IsOperator(".") && tokens[at + 1].Kind == TokenKind.Name)
        {
            name += "." + tokens[at + 1].Text;
            at += 2;
        }

        return name;
    }
}
