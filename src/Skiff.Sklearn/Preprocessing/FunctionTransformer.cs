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

    private FunctionTransformer(EstimatorNode node)
    {
        _function = node.Function("func", node.Optional("kw_args") as PyDict);
        _place = node.Path;
        FeatureCount = node.FeatureCount;
    }

    public override BlockKind? Input => null;

    public override int FeatureCount { get; }

    public static Estimator Read(EstimatorNode node) =>
        ElementFunctions.Find(node.Optional("func"), node.Optional("kw_args") as PyDict) is { } function
            ? new ElementwiseTransformer(node, function)
            : new FunctionTransformer(node);

    public override void CheckInput(BlockKind kind)
    {
        if (_function is not null && kind != BlockKind.Text)
        {
            throw new ModelLoadException($"{_place} (FunctionTransformer): {_function.Name} takes numbers; functions over texts can be served");
        }
    }

    public override int OutputColumn(int column) => _function is null ? column : -1;

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => inputWidth;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        if (_function is null)
        {
            Kernels.Copy(x, y);
            return;
        }

        try
        {
            _function.CallRows((TextBlock)x, (TextBlock)y);
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
}
