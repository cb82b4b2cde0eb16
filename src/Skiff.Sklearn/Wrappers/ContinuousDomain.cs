using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>ContinuousDomain</c> of <c>sklearn2pmml</c>: numbers within the range of the training data; what lies outside is refused, kept or replaced.</summary>
/// <remarks>
/// sklearn2pmml 0.12x, <c>sklearn2pmml/decoration/__init__.py</c>, <c>Domain.transform</c>. Statistics decide nothing.
/// </remarks>
internal sealed class ContinuousDomain : Transformer
{
    private readonly double[]? _low;
    private readonly double[]? _high;
    private readonly double[] _missing;
    private readonly double? _missingReplacement;
    private readonly bool _refusesMissing;
    private readonly string _invalid;
    private readonly double? _invalidReplacement;
    private readonly string _outliers;
    private readonly double _lowest;
    private readonly double _highest;

    private ContinuousDomain(EstimatorNode node)
    {
        DomainAttributes.Check(node);
        _low = Bounds(node, "data_min_");
        _high = Bounds(node, "data_max_");
        if (_low?.Length != _high?.Length)
        {
            throw node.Error("'data_min_' and 'data_max_' are not as long as each other");
        }

        _missing = node.Optional("missing_values") is not { } missing ? [double.NaN]
            : [.. (EstimatorNode.Items(missing) ?? [missing]).Select(item => item is null ? double.NaN : EstimatorNode.AsNumber(item) ?? throw node.Unexpected("missing_values", "numbers"))];
        if (_missing.Length == 0)
        {
            throw node.Unexpected("missing_values", "numbers");
        }

        _missingReplacement = node.Optional("missing_value_replacement") is null ? null : node.Number("missing_value_replacement");
        _refusesMissing = node.Text("missing_value_treatment", "as_is") == "return_invalid";
        _invalid = node.Text("invalid_value_treatment", "return_invalid");
        if (_invalid is not ("return_invalid" or "as_is" or "as_missing" or "as_value"))
        {
            throw node.Error($"'invalid_value_treatment' is '{_invalid}'; return_invalid, as_is, as_missing and as_value are known");
        }

        _invalidReplacement = node.Optional("invalid_value_replacement") is null ? null : node.Number("invalid_value_replacement");
        _outliers = node.Text("outlier_treatment", "as_is");
        if (_outliers is not "as_is")
        {
            _lowest = node.Number("low_value");
            _highest = node.Number("high_value");
        }

        FeatureCount = _low is { Length: > 1 } ? _low.Length : node.FeatureCount;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new ContinuousDomain(node);

    public override int OutputColumn(int column) => column;

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => FeatureCount >= 0 ? FeatureCount : inputWidth;

    public override void CheckInput(BlockKind kind) => base.CheckInput(kind == BlockKind.Csr ? BlockKind.Frame : kind);

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(ContinuousDomain));
        for (var row = 0; row < x.Rows; row++)
        {
            var to = ((DenseBlock)y).Row(row);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = Treat(x.Column(i).Number(row), row, i);
            }
        }
    }

    private static double[]? Bounds(EstimatorNode node, string name) => node.Optional(name) is null ? null
        : node.Vector(name) is { Length: > 0 } bounds ? bounds : throw node.Unexpected(name, "numbers");

    private double Treat(double value, int row, int column)
    {
        if (IsMissing(value))
        {
            return Missing(value, row, column);
        }

        var place = _low is { Length: > 1 } ? column : 0;
        if (_low is not null && !(value >= _low[place] && value <= _high![place]))
        {
            return _invalid switch
            {
                "as_is" => value,
                "as_missing" => Missing(_missing[0], row, column),
                "as_value" => _invalidReplacement ?? value,
                _ => throw InputException.AtCell(row, column, $"{PyFloat.Format(value)} is not within {PyFloat.Format(_low[place])} and {PyFloat.Format(_high![place])}"),
            };
        }

        return _outliers switch
        {
            "as_missing_values" when value < _lowest || value > _highest => Missing(_missing[0], row, column),
            "as_extreme_values" => value < _lowest ? _lowest : value > _highest ? _highest : value,
            _ => value,
        };
    }

    private bool IsMissing(double value)
    {
        foreach (var missing in _missing)
        {
            if (missing == value || (double.IsNaN(missing) && double.IsNaN(value)))
            {
                return true;
            }
        }

        return false;
    }

    private double Missing(double value, int row, int column) => !_refusesMissing
        ? _missingReplacement ?? value
        : throw InputException.AtCell(row, column, "a missing value is not accepted");
}
