namespace Skiff.Python.Regex;

/// <summary>
/// Matches that do not overlap, from left to right, as <c>finditer</c> of Python 3.7 and later has them: an empty match may follow another match at once,
/// but not be where the last one was empty.
/// </summary>
public ref struct PyMatchEnumerator
{
    private readonly RegexProgram _program;
    private readonly ReadOnlySpan<byte> _text;
    private readonly PyMatch _match;
    private int _position;
    private bool _mustAdvance;

    internal PyMatchEnumerator(RegexProgram program, ReadOnlySpan<byte> text, int start, PyMatch match)
    {
        _program = program;
        _text = text;
        _position = start > text.Length ? -1 : start;
        _match = match;
    }

    /// <summary>The match that was found last; the same object each time.</summary>
    public readonly PyMatch Current => _match;

    /// <summary>Finds the next match.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="PyBudgetException">All of them together took more steps than <see cref="PyMatch.StepBudget"/>.</exception>
    public bool MoveNext()
    {
        if (_position < 0 || !Matcher.Run(_program, _text, _position, _match, MatchMode.Search, _mustAdvance))
        {
            _position = -1;
            return false;
        }

        _position = _match.End(0);
        _mustAdvance = _match.Start(0) == _position;
        return true;
    }
}
