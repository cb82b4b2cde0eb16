using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the estimators of a stacking say of a row, side by side, and the row itself behind it with <c>passthrough</c>.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_stacking.py</c>, <c>_concatenate_predictions</c>: of the probabilities of two classes only the second is
/// kept, and of a list of probabilities, one array a label, all but the first of each. The same since 0.22.
/// </remarks>
internal sealed class StackedFeatures
{
    private readonly Estimator[] _members;
    private readonly Part[] _parts;
    private readonly bool _passesThrough;
    private readonly int _columns;

    private StackedFeatures(Estimator[] members, Part[] parts, bool passesThrough)
    {
        _members = members;
        _parts = parts;
        _passesThrough = passesThrough;
        _columns = parts.Sum(part => part.Columns);
    }

    /// <summary>How many columns there are for rows of a width; -1 where that is not fixed.</summary>
    public int Width(int inputWidth) => !_passesThrough ? _columns : inputWidth < 0 ? -1 : _columns + inputWidth;

    /// <summary>Refuses a final estimator that was fitted on another number of columns.</summary>
    public void RequireWidth(EstimatorNode node, int inputWidth, Estimator last)
    {
        var width = Width(inputWidth);
        if (width >= 0 && last.FeatureCount >= 0 && last.FeatureCount != width)
        {
            throw node.Error($"'final_estimator_' takes {last.FeatureCount} columns, the estimators before it give {width}");
        }
    }

    /// <summary>How they are held for an input.</summary>
    public BlockKind Produces(BlockKind input) => _passesThrough && input == BlockKind.Csr ? BlockKind.Csr : BlockKind.Dense;

    /// <summary>Judges whether the input can be passed through.</summary>
    public void CheckInput(string name, BlockKind kind)
    {
        if (_passesThrough && kind is BlockKind.Frame or BlockKind.Text)
        {
            throw new ModelLoadException($"{name}: 'passthrough' hands texts to the final estimator, which takes numbers");
        }
    }

    /// <summary>Reads <c>stack_method_</c> for members that were read.</summary>
    /// <param name="node">The stacking.</param>
    /// <param name="members">Its estimators.</param>
    /// <param name="classes">How many classes it has, or labels a row where there are several; 0 for a regressor.</param>
    public static StackedFeatures Read(EstimatorNode node, Estimator[] members, int classes)
    {
        var methods = node.Texts("stack_method_");
        if (methods.Count != members.Length)
        {
            throw node.Error($"'stack_method_' has {methods.Count} names for {members.Length} estimators");
        }

        return new StackedFeatures(members, [.. members.Select((_, i) => ReadPart(node, members, i, methods[i], classes))], node.Flag("passthrough", false));
    }

    /// <summary>The features of every row.</summary>
    public Block Run(Block x, Scratch scratch, Results results)
    {
        var stacked = scratch.Dense(x.Rows, _columns + (_passesThrough && x is DenseBlock ? x.Columns : 0));
        var column = 0;
        for (var i = 0; i < _parts.Length; i++)
        {
            AddPart(_members[i], _parts[i], x, stacked, column, scratch, results);
            column += _parts[i].Columns;
        }

        if (!_passesThrough)
        {
            return stacked;
        }

        if (x is DenseBlock dense)
        {
            for (var row = 0; row < x.Rows; row++)
            {
                dense.Row(row).CopyTo(stacked.Row(row)[column..]);
            }

            return stacked;
        }

        var joined = scratch.Csr(column + x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            SideBySide.AppendRow(stacked, row, 1, joined, 0);
            SideBySide.AppendRow(x, row, 1, joined, column);
            joined.EndRow();
        }

        return joined;
    }

    private static Part ReadPart(EstimatorNode node, Estimator[] members, int index, string name, int classes)
    {
        var method = MethodNames.Parse(name);
        if (method == Methods.None)
        {
            throw node.Error($"'stack_method_[{index}]' is '{name}', which is no method of an estimator");
        }

        if (method == Methods.PredictProba && members[index].Outputs.Where(o => o.Method == method).ToList() is { Count: > 1 } list)
        {
            return new Part(method, OutputKind.Float64, list.Sum(o => o.Columns - 1), 1, null) { IsList = true };
        }

        var output = Members.Output(node, members, index, method);
        if (output.Columns < 0)
        {
            throw node.Error($"'estimators_[{index}]' does not say how many columns {name} has");
        }

        if (output is { Kind: OutputKind.Label, Labels.Kind: LabelKind.Text })
        {
            throw node.Error($"'estimators_[{index}]' predicts texts, which the final estimator cannot take");
        }

        var columns = Math.Max(output.Columns, 1);
        var dropsFirst = method == Methods.PredictProba && classes == 2 && output.Columns > 0;
        double[]? values = output.Kind == OutputKind.Label ? [.. output.Labels!.Values.Select(label => EstimatorNode.AsNumber(label) ?? 0)] : null;
        return new Part(method, output.Kind, dropsFirst ? columns - 1 : columns, dropsFirst ? 1 : 0, values);
    }

    private static void AddPart(Estimator member, Part part, Block x, DenseBlock stacked, int column, Scratch scratch, Results results)
    {
        if (part.IsList)
        {
            Inner.CopyEach(member, part.Method, x, part.First.., stacked, column, scratch, results);
            return;
        }

        if (part.Kind == OutputKind.Float64)
        {
            var numbers = Inner.Numbers(member, part.Method, x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                numbers.Row(row)[part.First..].CopyTo(stacked.Row(row)[column..]);
            }

            return;
        }

        var codes = Inner.Codes(member, x, scratch, results);
        for (var row = 0; row < x.Rows; row++)
        {
            for (var k = 0; k < part.Columns; k++)
            {
                var code = codes[(row * part.Columns) + k];
                stacked.Row(row)[column + k] = part.Labels?[code] ?? code;
            }
        }
    }

    private sealed record Part(Methods Method, OutputKind Kind, int Columns, int First, double[]? Labels)
    {
        /// <summary>Whether the member answers with an array a label.</summary>
        public bool IsList { get; init; }
    }
}
