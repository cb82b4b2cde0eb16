using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>FunctionTransformer</c>, and what comes to the same, with a function of numpy or scipy that maps each number on its own.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_function_transformer.py</c>, <c>transform</c>: rows are checked with <c>validate=True</c> only.</remarks>
internal sealed class ElementwiseTransformer : NumericTransformer
{
    private readonly ElementFunction _function;
    private readonly bool _validates;
    private readonly string _place;

    public ElementwiseTransformer(EstimatorNode node, ElementFunction function)
        : base(node, -1)
    {
        _function = function;
        _validates = node.Flag("validate", false);
        _place = node.Path;
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (kind == BlockKind.Csr && !_function.TakesSparse)
        {
            throw new ModelLoadException($"{_place} ({Name}): {_function.Name} does not take sparse rows; the step before it gives them");
        }
    }

    public override int OutputColumn(int column) => column;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        if (_validates)
        {
            RequireWidth(x);
            Kernels.RequireFinite(x, Name);
        }

        y.IsSingle = _function.IsSingle ?? x.IsSingle;
        for (var row = 0; row < x.Rows; row++)
        {
            if (x is CsrBlock sparse)
            {
                Kernels.AppendRow(sparse, row, (CsrBlock)y, 0);
                ((CsrBlock)y).EndRow();
                Map(sparse.Values(row), ((CsrBlock)y).Values(row), y.IsSingle);
            }
            else
            {
                Map(((DenseBlock)x).Row(row), ((DenseBlock)y).Row(row), y.IsSingle);
            }
        }
    }

    private void Map(ReadOnlySpan<double> x, Span<double> y, bool isSingle)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = _function.Apply(x[i]);
        }

        if (isSingle)
        {
            Singles.Round(y);
        }
    }
}
