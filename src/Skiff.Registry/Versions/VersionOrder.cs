using System.Buffers;

namespace Skiff.Registry;

/// <summary>
/// The order of versions, lowest first. Names made of numbers (<c>2</c>, <c>1.10</c>, <c>v1.2.3</c>) and semantic versions
/// (<c>1.2.3-rc.1+build</c>) follow semver.org's precedence, missing numbers being zero; all other names come before them, in natural order
/// (<c>run2</c> before <c>run10</c>). Names of equal precedence are ordered by their characters, so that the order is total.
/// </summary>
public sealed class VersionOrder : IComparer<string>
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> SuffixCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    private VersionOrder()
    {
    }

    /// <summary>The one instance.</summary>
    public static VersionOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var left = SemanticParts.TryParse(x, out var a);
        var right = SemanticParts.TryParse(y, out var b);
        var order = left && right ? Compare(a, b)
            : left || right ? (left ? 1 : -1)
            : CompareNaturally(x, y);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static int Compare(SemanticParts a, SemanticParts b)
    {
        var order = CompareNumbers(a.Numbers, b.Numbers);
        if (order != 0)
        {
            return order;
        }

        // A release comes after its own pre-releases.
        return a.PreRelease.IsEmpty || b.PreRelease.IsEmpty
            ? (a.PreRelease.IsEmpty ? 1 : 0) - (b.PreRelease.IsEmpty ? 1 : 0)
            : ComparePreReleases(a.PreRelease, b.PreRelease);
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty || !b.IsEmpty)
        {
            var order = CompareDigits(NextPart(ref a), NextPart(ref b));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int ComparePreReleases(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var left = NextPart(ref a);
            var right = NextPart(ref b);
            var leftIsNumber = IsNumber(left);
            var rightIsNumber = IsNumber(right);
            var order = leftIsNumber && rightIsNumber ? CompareDigits(left, right)
                : leftIsNumber || rightIsNumber ? (leftIsNumber ? -1 : 1)
                : left.SequenceCompareTo(right);
            if (order != 0)
            {
                return order;
            }
        }

        return (a.IsEmpty ? 0 : 1) - (b.IsEmpty ? 0 : 1);
    }

    private static int CompareNaturally(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var digitsA = CountDigits(a);
            var digitsB = CountDigits(b);
            var bothNumbers = digitsA > 0 && digitsB > 0;
            var order = bothNumbers ? CompareDigits(a[..digitsA], b[..digitsB]) : a[0].CompareTo(b[0]);
            if (order != 0)
            {
                return order;
            }

            a = a[(bothNumbers ? digitsA : 1)..];
            b = b[(bothNumbers ? digitsB : 1)..];
        }

        return (a.IsEmpty ? 0 : 1) - (b.IsEmpty ? 0 : 1);
    }

    // Numbers have any length: they are compared as text, so that no date or build number overflows.
    private static int CompareDigits(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }

    private static ReadOnlySpan<char> NextPart(ref ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        var part = dot < 0 ? text : text[..dot];
        text = dot < 0 ? [] : text[(dot + 1)..];
        return part;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && CountDigits(text) == text.Length;

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    /// <summary>The parts of a name that decide its precedence.</summary>
    private readonly ref struct SemanticParts(ReadOnlySpan<char> numbers, ReadOnlySpan<char> preRelease)
    {
        internal ReadOnlySpan<char> Numbers { get; } = numbers;

        internal ReadOnlySpan<char> PreRelease { get; } = preRelease;

        internal static bool TryParse(ReadOnlySpan<char> name, out SemanticParts parts)
        {
            parts = default;
            var text = name is ['v' or 'V', ..] ? name[1..] : name;
            var end = text.IndexOfAnyExcept(NumberCharacters);
            var numbers = end < 0 ? text : text[..end];
            var rest = end < 0 ? [] : text[end..];
            var count = CountNumbers(numbers);

            // Only three numbers may carry a suffix: "2026-11-24" is a date, not a pre-release of 2026.
            if (count == 0 || (!rest.IsEmpty && count != 3))
            {
                return false;
            }

            var plus = rest.IndexOf('+');
            var build = plus < 0 ? [] : rest[(plus + 1)..];
            var preRelease = plus < 0 ? rest : rest[..plus];
            if (preRelease is not ([] or ['-', ..]) || (plus >= 0 && !IsSuffix(build)) || (!preRelease.IsEmpty && !IsSuffix(preRelease[1..])))
            {
                return false;
            }

            parts = new SemanticParts(numbers, preRelease.IsEmpty ? [] : preRelease[1..]);
            return true;
        }

        private static int CountNumbers(ReadOnlySpan<char> text)
        {
            var count = 0;
            foreach (var range in text.Split('.'))
            {
                if (text[range].IsEmpty)
                {
                    return 0;
                }

                count++;
            }

            return text.IsEmpty ? 0 : count;
        }

        private static bool IsSuffix(ReadOnlySpan<char> text)
        {
            foreach (var range in text.Split('.'))
            {
                var part = text[range];
                if (part.IsEmpty || part.ContainsAnyExcept(SuffixCharacters))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
