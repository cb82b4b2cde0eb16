namespace Skiff.Sklearn;

/// <summary>
/// Which products there are, and where they stand: by degree, within one in the order of the columns that they multiply. A product's place is
/// counted, not looked up, so that sparse rows of many columns need no list of all products.
/// </summary>
internal sealed class PolynomialDegrees
{
    // By degree and first column: how many products have that column or a later one first, over as many factors.
    private readonly long[][] _following;
    private readonly long[] _starts;

    private PolynomialDegrees(int features, int lowest, int highest, bool distinct, bool bias, long[][] following, long[] starts)
    {
        Features = features;
        Lowest = lowest;
        Highest = highest;
        Distinct = distinct;
        Bias = bias;
        _following = following;
        _starts = starts;
    }

    public int Features { get; }

    public int Lowest { get; }

    public int Highest { get; }

    /// <summary><c>interaction_only</c>: no column twice in a product.</summary>
    public bool Distinct { get; }

    /// <summary>Whether the first column is 1.</summary>
    public bool Bias { get; }

    /// <summary>How many columns there are.</summary>
    public int Count => (int)_starts[Highest + 1];

    /// <summary>How many there are with those of lower degrees than wanted, which dense rows compute on the way.</summary>
    public long FullCount { get; private init; }

    /// <summary>The degrees, or null where there would be more columns than an index can count.</summary>
    public static PolynomialDegrees? Create(int features, int lowest, int highest, bool distinct, bool bias)
    {
        // Products of more different columns than there are do not exist.
        highest = distinct ? Math.Min(highest, features) : highest;
        if (features == 0 || (long)(highest + 1L) * (features + 1L) > int.MaxValue / 16)
        {
            return null;
        }

        var following = new long[highest + 1][];
        var starts = new long[highest + 2];
        starts[1] = bias ? 1 : 0;
        var full = starts[1];
        for (var degree = 1; degree <= highest; degree++)
        {
            following[degree] = Following(degree == 1 ? null : following[degree - 1], features, distinct);
            full += following[degree][0];
            starts[degree + 1] = starts[degree] + (degree < lowest ? 0 : following[degree][0]);
            if (full > int.MaxValue)
            {
                return null;
            }
        }

        return new PolynomialDegrees(features, lowest, highest, distinct, bias, following, starts) { FullCount = full };
    }

    /// <summary>Where the product of these columns stands, which rise.</summary>
    public int Place(ReadOnlySpan<int> columns)
    {
        var degree = columns.Length;
        var place = _starts[degree];
        var first = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var following = _following[degree - i];
            place += following[first] - following[columns[i]];
            first = Distinct ? columns[i] + 1 : columns[i];
        }

        return (int)place;
    }

    // Those that start with a column are as many as those of one factor less that may come after it.
    private static long[] Following(long[]? shorter, int features, bool distinct)
    {
        var counts = new long[features + 1];
        for (var column = features - 1; column >= 0; column--)
        {
            var rest = shorter is null ? 1 : shorter[distinct ? column + 1 : column];
            counts[column] = Math.Min(counts[column + 1] + rest, int.MaxValue + 1L);
        }

        return counts;
    }
}
