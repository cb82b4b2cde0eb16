using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <summary>A replacement of <c>re.sub</c>, parsed: literal text and groups. Immutable and thread-safe.</summary>
public sealed class PyTemplate
{
    private readonly (byte[] Literal, int Group)[] _parts;

    private PyTemplate((byte[] Literal, int Group)[] parts)
    {
        _parts = parts;
    }

    /// <summary>Parses a replacement for a pattern.</summary>
    /// <param name="template">The replacement: <c>\1</c>, <c>\g&lt;name&gt;</c>, <c>\g&lt;0&gt;</c>, escapes as CPython 3.14 has them.</param>
    /// <param name="regex">The pattern, which knows the groups.</param>
    /// <exception cref="PyRegexException">The replacement is malformed or names a group that the pattern lacks.</exception>
    public static PyTemplate Parse(ReadOnlySpan<byte> template, PyRegex regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        return new PyTemplate(template.Contains((byte)'\\') ? TemplateParser.Parse(template, regex) : [(template.ToArray(), -1)]);
    }

    /// <summary><c>Match.expand</c>: appends the replacement for a match. A group that caught nothing is empty.</summary>
    /// <param name="text">The text that was searched.</param>
    /// <param name="match">The match.</param>
    /// <param name="destination">Appended to.</param>
    public void Expand(ReadOnlySpan<byte> text, PyMatch match, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(destination);
        foreach (var (literal, group) in _parts)
        {
            destination.Append(literal);
            if (group >= 0)
            {
                destination.Append(match.Value(text, group));
            }
        }
    }
}
