namespace Skiff.Python.Interpreter;

/// <summary>A format specification: <c>[[fill]align][sign][z][#][0][width][,_][.precision][type]</c>.</summary>
internal struct FormatSpec
{
    public string Fill;
    public char Align;
    public char Sign;
    public bool Alternate;
    public bool NoNegativeZero;
    public int Width;
    public char Grouping;
    public int Precision;
    public char Type;

    public static FormatSpec Parse(PyContext ctx, string text, string typeName)
    {
        var spec = new FormatSpec { Fill = " ", Precision = -1 };
        var at = 0;
        var fillLength = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        if (text.Length > fillLength && text[fillLength] is '<' or '>' or '^' or '=')
        {
            spec.Fill = text[..fillLength];
            spec.Align = text[fillLength];
            at = fillLength + 1;
        }
        else if (text.Length > 0 && text[0] is '<' or '>' or '^' or '=')
        {
            spec.Align = text[0];
            at = 1;
        }

        if (at < text.Length && text[at] is '+' or '-' or ' ')
        {
            spec.Sign = text[at++];
        }

        spec.NoNegativeZero = Take(text, ref at, 'z');
        spec.Alternate = Take(text, ref at, '#');
        if (at < text.Length && text[at] == '0')
        {
            if (spec.Align == '\0')
            {
                spec.Fill = "0";
                spec.Align = '=';
            }
            else if (fillLength >= at)
            {
                spec.Fill = spec.Fill == " " ? "0" : spec.Fill;
            }

            at++;
        }

        spec.Width = Number(ctx, text, ref at, 0);
        if (at < text.Length && text[at] is ',' or '_')
        {
            spec.Grouping = text[at++];
            if (at < text.Length && text[at] is ',' or '_')
            {
                throw ctx.ValueError(text[at] == spec.Grouping ? $"Cannot specify '{spec.Grouping}' with '{spec.Grouping}'." : "Cannot specify both ',' and '_'.");
            }
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (at >= text.Length || !char.IsAsciiDigit(text[at]))
            {
                throw ctx.ValueError("Format specifier missing precision");
            }

            spec.Precision = Number(ctx, text, ref at, 0);
        }

        if (text.Length - at > 1)
        {
            throw ctx.ValueError($"Invalid format specifier '{text}' for object of type '{typeName}'");
        }

        spec.Type = at < text.Length ? text[at] : '\0';
        return spec;
    }

    private static bool Take(string text, ref int at, char c)
    {
        if (at >= text.Length || text[at] != c)
        {
            return false;
        }

        at++;
        return true;
    }

    private static int Number(PyContext ctx, string text, ref int at, int value)
    {
        var number = (long)value;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            number = (number * 10) + text[at] - '0';
            if (number > int.MaxValue)
            {
                throw ctx.ValueError("Too many decimal digits in format string");
            }
        }

        return (int)number;
    }
}
