using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>What a context keeps for regular expressions: search states to use again, and patterns that were made while running.</summary>
internal sealed class RegexState
{
    private const int MaximumPatterns = 256;

    private readonly Stack<PyMatch> _matches = new();
    private readonly Dictionary<byte[], PyRegex> _patterns = new(Utf8Comparer.Instance);

    public PyMatch Rent() => _matches.TryPop(out var match) ? match : new PyMatch();

    public void Return(PyMatch match) => _matches.Push(match);

    public void EndCall()
    {
        if (_patterns.Count > MaximumPatterns)
        {
            _patterns.Clear();
        }
    }

    /// <summary>The compiled pattern of a text: kept on the text itself, which is enough for literals, and by content for what is made while running.</summary>
    public PyRegex Compile(PyContext ctx, PyStr pattern, int flags)
    {
        if (pattern.Memo is CompiledPattern known && known.Flags == flags)
        {
            return known.Regex;
        }

        var buffer = ctx.RentBuffer();
        buffer.Append(pattern.Span);
        buffer.Append([(byte)flags, (byte)(flags >> 8)]);
        var lookup = _patterns.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(buffer.Written, out var regex))
        {
            ctx.Charge((pattern.Length * 64L) + 1024);
            regex = CompileNew(ctx, pattern, flags);
            if (_patterns.Count > MaximumPatterns)
            {
                _patterns.Clear();
            }

            lookup[buffer.Written] = regex;
        }

        ctx.ReturnBuffer(buffer);
        pattern.Memo = new CompiledPattern(regex, flags);
        return regex;
    }

    private static PyRegex CompileNew(PyContext ctx, PyStr pattern, int flags)
    {
        try
        {
            return PyRegex.Compile(pattern.Span, (PyRegexFlags)flags);
        }
        catch (PyRegexException exception)
        {
            throw Error(ctx, exception);
        }
    }

    public static PyError Error(PyContext ctx, PyRegexException exception) => ctx.Error(
        exception.PythonType switch
        {
            "ValueError" => PyExceptionType.ValueError,
            "OverflowError" => PyExceptionType.OverflowError,
            "IndexError" => PyExceptionType.IndexError,
            _ => PyExceptionType.PatternError,
        },
        exception.Message);

    private sealed record CompiledPattern(PyRegex Regex, int Flags);
}
