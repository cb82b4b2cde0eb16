using Skiff.Python.Unicode;

namespace Skiff.Python.Regex;

/// <content>Flags inside a pattern.</content>
internal sealed partial class PatternParser
{
    private static PyRegexFlags FlagOf(int token) => token switch
    {
        'i' => PyRegexFlags.IgnoreCase,
        'L' => PyRegexFlags.Locale,
        'm' => PyRegexFlags.Multiline,
        's' => PyRegexFlags.DotAll,
        'x' => PyRegexFlags.Verbose,
        'a' => PyRegexFlags.Ascii,
        'u' => PyRegexFlags.Unicode,
        _ => PyRegexFlags.None,
    };

    /// <summary>Reads flags up to the colon, or up to the parenthesis: then they hold for the whole pattern and the answer is null.</summary>
    private (PyRegexFlags Added, PyRegexFlags Removed)? ParseFlags(int token)
    {
        var added = PyRegexFlags.None;
        if (token != '-')
        {
            added = ParseAddedFlags(ref token);
        }

        if (token == ')')
        {
            _flags |= added;
            return null;
        }

        var removed = token == '-' ? ParseRemovedFlags() : PyRegexFlags.None;
        return (added & removed) == 0 ? (added, removed) : throw _source.Error("bad inline flags: flag turned on and off", 1);
    }

    private PyRegexFlags ParseAddedFlags(ref int token)
    {
        var added = PyRegexFlags.None;
        while (true)
        {
            var flag = FlagOf(token);
            if (flag == PyRegexFlags.Locale)
            {
                throw _source.Error("bad inline flags: cannot use 'L' flag with a str pattern");
            }

            added |= flag;
            if ((flag & TypeFlags) != 0 && (added & TypeFlags) != flag)
            {
                throw _source.Error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
            }

            token = _source.Get();
            if (token is ')' or '-' or ':')
            {
                return added;
            }

            RefuseUnknownFlag(token, "missing -, : or )");
        }
    }

    private PyRegexFlags ParseRemovedFlags()
    {
        var removed = PyRegexFlags.None;
        var token = _source.Get();
        RefuseUnknownFlag(token, "missing flag");
        while (true)
        {
            var flag = FlagOf(token);
            if ((flag & TypeFlags) != 0)
            {
                throw _source.Error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
            }

            removed |= flag;
            token = _source.Get();
            if (token == ':')
            {
                return removed;
            }

            RefuseUnknownFlag(token, "missing :");
        }
    }

    private void RefuseUnknownFlag(int token, string missing)
    {
        if (token == PatternReader.End)
        {
            throw _source.Error(missing);
        }

        if (FlagOf(token) == PyRegexFlags.None)
        {
            var letter = token < PatternReader.Escape && UnicodeData.IsAlpha(token);
            throw _source.Error(letter ? "unknown flag" : missing, PatternReader.TokenLength(token));
        }
    }
}
