using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>MissingIndicator</c>: 1 where a value is missing, 0 where it is there, for all columns or those with gaps in the training data.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/impute/_base.py</c>, <c>MissingIndicator.transform</c>; the same since 0.22. scikit-learn's answer is boolean.
/// </remarks>
internal sealed class MissingIndicator : Transformer
{
    private readonly MissingValue _missing;
    private readonly bool? _isSparse;
    private readonly bool _refusesNew;
    private readonly bool[] _isKnown;

    private MissingIndicator(EstimatorNode node)
    {
        _missing = MissingValue.Read(node);
        FeatureCount = node.FeatureCount >= 0 ? node.FeatureCount : node.CheckedInteger("_n_features", 0, int.MaxValue);
        FeatureNames = node.FeatureNames;
        Features = ReadFeatures(node, FeatureCount);
        _refusesNew = node.Flag("error_on_new", true) && node.Text("features") == "missing-only";
        _isSparse = node.Optional("sparse") is "auto" ? null : node.Flag("sparse");
        _isKnown = new bool[FeatureCount];
        foreach (var feature in Features)
        {
            _isKnown[feature] = true;
        }
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>The columns that it answers about.</summary>
    public int[] Features { get; }

    public static Estimator Read(EstimatorNode node) => new MissingIndicator(node);

    /// <summary>Reads <c>features_</c>.</summary>
    public static int[] ReadFeatures(EstimatorNode node, int count)
    {
        var features = node.Vector("features_");
        return features.All(feature => feature >= 0 && feature < count && feature == Math.Floor(feature))
            ? [.. features.Select(feature => (int)feature)]
            : throw node.Error($"'features_' names columns outside 0 to {count - 1}");
    }

    /// <summary>Reads the columns that an imputer with <c>add_indicator=True</c> answers about; none where it does not.</summary>
    public static int[] ReadAdded(EstimatorNode imputer, int count) =>
        imputer.Flag("add_indicator", false) && imputer.Optional("indicator_") is PyInstance indicator
            ? ReadFeatures(new EstimatorNode(imputer.Context, indicator, nameof(MissingIndicator), imputer.Join("indicator_")), count)
            : [];

    public override ColumnNeed Need(int column) => _missing.Need;

    public override void CheckInput(BlockKind kind)
    {
        if (kind == BlockKind.Csr)
        {
            throw new ModelLoadException("MissingIndicator over sparse rows is not supported; use it before what makes them sparse");
        }

        base.CheckInput(kind);
    }

    public override BlockKind Produces(BlockKind input) => _isSparse == true ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => Features.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(MissingIndicator));
        _missing.Check(x, nameof(MissingIndicator));
        if (_refusesNew)
        {
            RefuseNew(x);
        }

        for (var row = 0; row < x.Rows; row++)
        {
            WriteRow(x, row, y);
        }
    }

    /// <summary>Whether a cell counts as missing.</summary>
    public static bool IsMissing(MissingValue missing, FrameColumn column, int row) =>
        column.Kind == ColumnKind.Text ? missing.Is(column.Texts, row) : missing.Is(column.Number(row));

    private void WriteRow(Block x, int row, Block y)
    {
        for (var i = 0; i < Features.Length; i++)
        {
            var isMissing = IsMissing(_missing, x.Column(Features[i]), row);
            if (y is DenseBlock dense)
            {
                dense.Row(row)[i] = isMissing ? 1 : 0;
            }
            else if (isMissing)
            {
                ((CsrBlock)y).Append(i, 1);
            }
        }

        (y as CsrBlock)?.EndRow();
    }

    private void RefuseNew(Block x)
    {
        for (var column = 0; column < x.Columns; column++)
        {
            var cells = x.Column(column);
            for (var row = 0; row < x.Rows && !_isKnown[column]; row++)
            {
                if (IsMissing(_missing, cells, row))
                {
                    throw InputException.AtCell(row, column, "the value is missing, which it never was in the training data (error_on_new=True)");
                }
            }
        }
    }
}
