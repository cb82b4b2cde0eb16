using System.Text.Json;

namespace Skiff.TestKit.Fixtures;

/// <summary>An array that scikit-learn answered with, dense or as compressed sparse rows.</summary>
public sealed class FixtureArray
{
    private readonly int[]? _starts;
    private readonly int[]? _columns;

    internal FixtureArray(JsonElement json)
    {
        Kind = json.GetProperty("kind").GetString()!;
        Tolerance = json.TryGetProperty("tolerance", out var tolerance) ? tolerance.GetDouble() : null;
        Shape = [.. json.GetProperty("shape").EnumerateArray().Select(x => x.GetInt32())];
        Values = [.. json.GetProperty("values").EnumerateArray().Select(Cell)];
        if (json.TryGetProperty("starts", out var starts))
        {
            _starts = [.. starts.EnumerateArray().Select(x => x.GetInt32())];
            _columns = [.. json.GetProperty("columns").EnumerateArray().Select(x => x.GetInt32())];
        }
    }

    /// <summary>numpy's name of the type: <c>float64</c>, <c>float32</c>, <c>int64</c>, <c>bool</c> or <c>text</c>.</summary>
    public string Kind { get; }

    /// <summary>How far a number may be off, as a part of max(1, |value|), where a solver stops near its goal; null where the general bound holds.</summary>
    public double? Tolerance { get; }

    /// <summary>Whether scikit-learn answered with a sparse matrix.</summary>
    public bool IsSparse => _starts is not null;

    /// <summary>One or two lengths.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Rows.</summary>
    public int Rows => Shape[0];

    /// <summary>Cells a row; 1 where there is one dimension only.</summary>
    public int Columns => Shape.Count == 1 ? 1 : Shape[1];

    /// <summary>The cells row by row, those of a sparse array without its zeros: <see cref="double"/>, <see cref="long"/>, <see cref="bool"/> or <see cref="string"/>.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <summary>The numbers of a row that are not zero, by column.</summary>
    public SortedDictionary<int, double> NonZeros(int row)
    {
        var found = new SortedDictionary<int, double>();
        var (first, end) = _starts is null ? (row * Columns, (row + 1) * Columns) : (_starts[row], _starts[row + 1]);
        for (var i = first; i < end; i++)
        {
            var value = Convert.ToDouble(Values[i], null);
            if (value != 0)
            {
                found.Add(_columns is null ? i - first : _columns[i], value);
            }
        }

        return found;
    }

    private object Cell(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Kind == "text" ? json.GetString()! : FixtureInput.Number(json),
        _ when Kind.StartsWith("float", StringComparison.Ordinal) => json.GetDouble(),
        _ => json.GetInt64(),
    };
}
