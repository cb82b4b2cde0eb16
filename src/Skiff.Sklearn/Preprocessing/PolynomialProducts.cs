using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The products of sparse rows: those of their stored cells.</summary>
internal static class PolynomialProducts
{
    public static void Append(PolynomialDegrees degrees, CsrBlock x, CsrBlock y, Scratch scratch)
    {
        var places = scratch.IntegerArray(degrees.Highest);
        var columns = scratch.IntegerArray(degrees.Highest);
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = scratch.Integers(x.Indices(row).Length);
            x.Indices(row).CopyTo(indices);
            var values = scratch.Dense(1, indices.Length).Row(0);
            x.Values(row).CopyTo(values);
            indices.Sort(values);
            AppendRow(degrees, indices, values, y, places, columns);
        }
    }

    private static void AppendRow(PolynomialDegrees degrees, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, CsrBlock y, int[] places, int[] columns)
    {
        if (degrees.Bias)
        {
            y.Append(0, 1);
        }

        for (var degree = Math.Max(1, degrees.Lowest); degree <= degrees.Highest; degree++)
        {
            var isThere = indices.Length > 0 && First(places.AsSpan(0, degree), indices.Length, degrees.Distinct);
            while (isThere)
            {
                var product = values[places[0]];
                columns[0] = indices[places[0]];
                for (var i = 1; i < degree; i++)
                {
                    product *= values[places[i]];
                    columns[i] = indices[places[i]];
                }

                y.Append(degrees.Place(columns.AsSpan(0, degree)), y.IsSingle ? (float)product : product);
                isThere = Next(places.AsSpan(0, degree), indices.Length, degrees.Distinct);
            }
        }

        y.EndRow();
    }

    private static bool First(Span<int> places, int count, bool distinct)
    {
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = distinct ? i : 0;
        }

        return places[^1] < count;
    }

    // The last place that can rise does, and those after it start over behind it.
    private static bool Next(Span<int> places, int count, bool distinct)
    {
        for (var i = places.Length - 1; i >= 0; i--)
        {
            var highest = distinct ? count - (places.Length - i) : count - 1;
            if (places[i] < highest)
            {
                var place = ++places[i];
                for (var k = i + 1; k < places.Length; k++)
                {
                    places[k] = distinct ? ++place : place;
                }

                return true;
            }
        }

        return false;
    }
}
