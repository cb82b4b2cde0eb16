using System.Collections.Concurrent;
using Skiff.Models;
using Skiff.Pickle;
using Skiff.Python.Interpreter;
using Skiff.Python.Regex;

namespace Skiff.Sklearn;

/// <summary><c>FunctionTransformer</c>: a function of the model's own over all rows, or none, which changes nothing.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_function_transformer.py</c>, <c>transform</c>; the same since 0.22.</remarks>
internal sealed class FunctionTransformer : Transformer
{
    private readonly NamedFunction? _function;
    private readonly string _place;
    private readonly bool _validates;

    // How many columns a function over numbers gives, which only calling it tells.
    private readonly ConcurrentDictionary<int, int> _widths = [];

    private FunctionTransformer(EstimatorNode node)
    {
        _function = node.Function("func", node.Optional("kw_args") as PyDict);
        _place = node.Path;
        _validates = node.Flag("validate", false);
        FeatureCount = node.FeatureCount;
        FeatureNames = node.FeatureNames;
    }

    public override BlockKind? Input => null;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) =>
        ElementFunctions.Find(node.Optional("func"), node.Optional("kw_args") as PyDict) is { } function
            ? new ElementwiseTransformer(node, function)
            : new FunctionTransformer(node);

    public override void CheckInput(BlockKind kind)
    {
        if (_function is null || kind == BlockKind.Text || (kind == BlockKind.Dense && _function.TakesNumbers))
        {
            return;
        }

        throw new ModelLoadException($"{_place} (FunctionTransformer): {_function.Name} is fed with {(kind == BlockKind.Csr ? "sparse rows" : "a table of texts and numbers")}; functions over one column of texts, or over columns of numbers, can be served");
    }

    public override int OutputColumn(int column) => _function is null ? column : -1;

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => _function is not { TakesNumbers: true } || inputWidth <= 0 ? inputWidth : _widths.GetOrAdd(inputWidth, TryWidth);

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        if (_function is null)
        {
            Kernels.Copy(x, y);
            return;
        }

        try
        {
            if (x is TextBlock texts)
            {
                _function.CallRows(texts, (TextBlock)y, scratch.Steps);
            }
            else
            {
                CallNumbers((DenseBlock)x, (DenseBlock)y, scratch);
            }
        }
        catch (PyRaisedException e)
        {
            throw new InputException(InputErrorKind.Function, e.Message, inner: e);
        }
        catch (PyBudgetException e)
        {
            throw new InputException(InputErrorKind.Function, e.Message, inner: e);
        }
    }

    private void CallNumbers(DenseBlock x, DenseBlock y, Scratch scratch)
    {
        if (_validates)
        {
            Kernels.RequireFinite(x, nameof(FunctionTransformer));
        }

        y.IsSingle = x.IsSingle;
        if (x.Rows == 0)
        {
            return;
        }

        var values = new double[x.Rows * x.Columns];
        for (var row = 0; row < x.Rows; row++)
        {
            x.Row(row).CopyTo(values.AsSpan(row * x.Columns));
        }

        var answer = Call(new PyNumbers(x.Rows, x.Columns, values), scratch.Steps);
        if (answer.Rows != x.Rows || answer.Columns != y.Columns)
        {
            throw new InputException(InputErrorKind.Function, $"{_function!.Name} gave {answer.Rows} rows of {answer.Columns} columns for {x.Rows} rows, where {y.Columns} columns are expected");
        }

        for (var row = 0; row < y.Rows; row++)
        {
            answer.Values.Span.Slice(row * y.Columns, y.Columns).CopyTo(y.Row(row));
            if (y.IsSingle)
            {
                Singles.Round(y.Row(row));
            }
        }
    }

    private PyNumbers Call(PyNumbers numbers, Action<long>? steps) =>
        _function!.CallNumbers(numbers, FeatureNames?.Count == numbers.Columns ? FeatureNames : null, steps);

    // Tried with plain numbers; what raises on those is asked again with the caller's, and says then what is wrong.
    private int TryWidth(int inputWidth)
    {
        const int Rows = 3;
        try
        {
            return Call(new PyNumbers(Rows, inputWidth, Enumerable.Range(1, Rows * inputWidth).Select(i => (double)i).ToArray()), steps: null).Columns;
        }
        catch (Exception e) when (e is PyRaisedException or PyBudgetException or InputException)
        {
            return inputWidth;
        }
    }
}
