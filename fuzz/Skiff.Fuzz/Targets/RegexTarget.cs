using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Fuzz;

/// <summary>
/// Python's regular expressions: a byte of flags, then the pattern, a template and a text, each on a line. The pattern is compiled, searched for, and
/// replaced by the template.
/// </summary>
internal sealed class RegexTarget : IFuzzTarget
{
    private const PyRegexFlags Known = PyRegexFlags.IgnoreCase | PyRegexFlags.Multiline | PyRegexFlags.DotAll | PyRegexFlags.Verbose | PyRegexFlags.Ascii;

    private readonly PyMatch _match = new() { StepBudget = 50_000 };
    private readonly ByteBuffer _replaced = new();

    /// <inheritdoc/>
    public string Name => "regex";

    /// <inheritdoc/>
    public int LongestInput => 512;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (64 << 20) + (4096L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/regex", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return default;
        }

        var parts = input.AsSpan(1);
        var pattern = Line(ref parts);
        var template = Line(ref parts);
        var text = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(parts));
        try
        {
            var regex = PyRegex.Compile(pattern, (PyRegexFlags)input[0] & Known);
            return Match(regex, template, text);
        }
        catch (Exception e) when (e is PyRegexException or PyBudgetException)
        {
            return Outcome.Refused(e);
        }
    }

    private Outcome Match(PyRegex regex, ReadOnlySpan<byte> template, byte[] text)
    {
        var sum = new Fingerprint();
        sum.Add(regex.FullMatch(text, _match) ? 1 : 0);
        if (regex.Search(text, _match))
        {
            for (var group = 0; group <= regex.GroupCount; group++)
            {
                sum.Add(_match.Start(group));
                sum.Add(_match.Value(text, group));
            }
        }

        _replaced.Clear();
        sum.Add(regex.Sub(text, PyTemplate.Parse(template, regex), 0, _replaced, _match));
        sum.Add(_replaced.Written);
        return Outcome.Accepted(sum);
    }

    private static ReadOnlySpan<byte> Line(ref Span<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return System.Text.Unicode.Utf8.IsValid(line) ? line : System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(line));
    }
}
