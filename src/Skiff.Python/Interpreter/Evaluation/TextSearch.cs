namespace Skiff.Python.Interpreter;

/// <summary>Finds bytes in bytes, with the work counted, so that no pair of texts costs their product unseen.</summary>
internal static class TextSearch
{
    private const int Anchor = 16;

    public static int IndexOf(PyContext ctx, ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        ctx.Step(text.Length >> 6);
        if (part.Length <= Anchor)
        {
            return text.IndexOf(part);
        }

        var from = 0;
        while (text.Length - from >= part.Length)
        {
            var found = text[from..].IndexOf(part[..Anchor]);
            if (found < 0 || text.Length - from - found < part.Length)
            {
                return -1;
            }

            ctx.Step(1 + (part.Length >> 6));
            if (text[(from + found)..].StartsWith(part))
            {
                return from + found;
            }

            from += found + 1;
        }

        return -1;
    }

    public static int LastIndexOf(PyContext ctx, ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        ctx.Step(text.Length >> 6);
        if (part.Length <= Anchor)
        {
            return text.LastIndexOf(part);
        }

        var end = text.Length - part.Length + Anchor;
        while (end >= Anchor)
        {
            var found = text[..end].LastIndexOf(part[..Anchor]);
            if (found < 0)
            {
                return -1;
            }

            ctx.Step(1 + (part.Length >> 6));
            if (text[found..].StartsWith(part))
            {
                return found;
            }

            end = found + Anchor - 1;
        }

        return -1;
    }
}
