using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <summary>
/// A compiled pattern of Python's <c>re</c>, over UTF-8. It matches what CPython 3.14 matches, groups included. Immutable and thread-safe; the state of
/// a search lives in the <see cref="PyMatch"/> that it is given.
/// </summary>
/// <remarks>
/// <para>Older Pythons differ: before 3.14 <c>\B</c> does not match in an empty text and <c>\z</c> is refused; before 3.11 there are no atomic groups and possessive
/// quantifiers, and global flags may stand inside a pattern (a warning there, refused here); before 3.7 <c>sub</c> and <c>findall</c> treat empty matches otherwise.</para>
/// <para>Refused besides what CPython refuses: <c>\N{...}</c>, groups nested more than 200 deep. <c>re.LOCALE</c> is refused for text there too.</para>
/// <para>Patterns without backreferences and conditions take time in proportion to the text (times the pattern), but for what stands in lookarounds, atomic groups
/// and large counted loops; the others are bounded by <see cref="PyMatch.StepBudget"/>.</para>
/// </remarks>
public sealed class PyRegex
{
    private readonly RegexProgram _program;
    private readonly byte[] _pattern;

    private PyRegex(byte[] pattern, ParsedPattern parsed)
    {
        _pattern = pattern;
        _program = RegexCompiler.Compile(parsed);
        Flags = parsed.Flags;
        GroupNames = parsed.Names;
    }

    /// <summary>The pattern as it was given.</summary>
    public ReadOnlySpan<byte> Pattern => _pattern;

    /// <summary>The flags given and those that the pattern sets for all of itself, <see cref="PyRegexFlags.Unicode"/> included.</summary>
    public PyRegexFlags Flags { get; }

    /// <summary>How many groups capture.</summary>
    public int GroupCount => _program.GroupCount;

    /// <summary>The named groups and their numbers: <c>Pattern.groupindex</c>.</summary>
    public IReadOnlyDictionary<string, int> GroupNames { get; }

    /// <summary><c>re.compile</c>.</summary>
    /// <param name="pattern">The pattern, UTF-8.</param>
    /// <param name="flags">Flags as Python combines them.</param>
    /// <exception cref="PyRegexException">The pattern is malformed, with CPython's message.</exception>
    public static PyRegex Compile(ReadOnlySpan<byte> pattern, PyRegexFlags flags = PyRegexFlags.None) =>
        new(pattern.ToArray(), PatternParser.Parse(pattern, flags));

    /// <summary><c>Pattern.search(text, pos, endpos)</c>: the first place at which the pattern matches.</summary>
    /// <param name="text">The text, well-formed UTF-8 (lone surrogates as three bytes).</param>
    /// <param name="start">Byte offset of the first place to try; lookbehind and anchors see what stands before it.</param>
    /// <param name="end">Byte offset at which the text is taken to end.</param>
    /// <param name="match">Receives the places.</param>
    /// <returns>Whether it matches.</returns>
    /// <exception cref="PyBudgetException">It took more steps than <see cref="PyMatch.StepBudget"/>.</exception>
    public bool Search(ReadOnlySpan<byte> text, int start, int end, PyMatch match) => Run(text, start, end, match, MatchMode.Search);

    /// <summary><c>Pattern.search(text)</c>.</summary>
    /// <inheritdoc cref="Search(ReadOnlySpan{byte}, int, int, PyMatch)"/>
    public bool Search(ReadOnlySpan<byte> text, PyMatch match) => Run(text, 0, text.Length, match, MatchMode.Search);

    /// <summary><c>Pattern.match(text, pos, endpos)</c>: at the start only.</summary>
    /// <inheritdoc cref="Search(ReadOnlySpan{byte}, int, int, PyMatch)"/>
    public bool Match(ReadOnlySpan<byte> text, int start, int end, PyMatch match) => Run(text, start, end, match, MatchMode.Anchored);

    /// <summary><c>Pattern.match(text)</c>.</summary>
    /// <inheritdoc cref="Search(ReadOnlySpan{byte}, int, int, PyMatch)"/>
    public bool Match(ReadOnlySpan<byte> text, PyMatch match) => Run(text, 0, text.Length, match, MatchMode.Anchored);

    /// <summary><c>Pattern.fullmatch(text, pos, endpos)</c>: from the start to the end.</summary>
    /// <inheritdoc cref="Search(ReadOnlySpan{byte}, int, int, PyMatch)"/>
    public bool FullMatch(ReadOnlySpan<byte> text, int start, int end, PyMatch match) => Run(text, start, end, match, MatchMode.Full);

    /// <summary><c>Pattern.fullmatch(text)</c>.</summary>
    /// <inheritdoc cref="Search(ReadOnlySpan{byte}, int, int, PyMatch)"/>
    public bool FullMatch(ReadOnlySpan<byte> text, PyMatch match) => Run(text, 0, text.Length, match, MatchMode.Full);

    /// <summary><c>Pattern.finditer</c>: the matches one after the other, as <c>findall</c>, <c>sub</c> and <c>split</c> see them too.</summary>
    /// <param name="text">The text.</param>
    /// <param name="match">Receives each match in turn.</param>
    public PyMatchEnumerator Matches(ReadOnlySpan<byte> text, PyMatch match) => Matches(text, 0, text.Length, match);

    /// <summary><c>Pattern.finditer(text, pos, endpos)</c>.</summary>
    /// <inheritdoc cref="Search(ReadOnlySpan{byte}, int, int, PyMatch)"/>
    public PyMatchEnumerator Matches(ReadOnlySpan<byte> text, int start, int end, PyMatch match)
    {
        Check(text, start, end, match);
        match.Refill(end);
        return new PyMatchEnumerator(_program, text[..end], start, match);
    }

    /// <summary><c>Pattern.subn</c>: the text with matches replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">What to put in their place, parsed for this pattern.</param>
    /// <param name="count">The most to replace; 0 replaces all.</param>
    /// <param name="destination">The result is appended.</param>
    /// <param name="match">State of the search.</param>
    /// <returns>How many were replaced.</returns>
    /// <exception cref="PyBudgetException">It took more steps than <see cref="PyMatch.StepBudget"/>.</exception>
    public int Sub(ReadOnlySpan<byte> text, PyTemplate template, int count, ByteBuffer destination, PyMatch match)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(destination);
        var matches = Matches(text, match);
        var copied = 0;
        var replaced = 0;
        while ((count == 0 || replaced < count) && matches.MoveNext())
        {
            destination.Append(text[copied..match.Start(0)]);
            template.Expand(text, match, destination);
            copied = match.End(0);
            replaced++;
        }

        destination.Append(text[copied..]);
        return replaced;
    }

    private static void Check(ReadOnlySpan<byte> text, int start, int end, PyMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)end, (uint)text.Length);
    }

    private bool Run(ReadOnlySpan<byte> text, int start, int end, PyMatch match, MatchMode mode)
    {
        Check(text, start, end, match);
        match.Refill(end);
        return start <= end && Matcher.Run(_program, text[..end], start, match, mode, mustAdvance: false);
    }
}
