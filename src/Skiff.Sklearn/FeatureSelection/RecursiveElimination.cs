using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>RFE</c> and <c>RFECV</c>: the columns of <c>support_</c>, and what the model fitted on those answers.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_selection/_rfe.py</c>; the same since 0.22.</remarks>
internal sealed class RecursiveElimination : Transformer
{
    private const Methods Delegated = Methods.Predict | Methods.PredictProba | Methods.PredictLogProba | Methods.DecisionFunction;

    private readonly FeatureSelector _selector;
    private readonly Estimator _model;

    private RecursiveElimination(FeatureSelector selector, Estimator model)
    {
        _selector = selector;
        _model = model;
        Methods = Methods.Transform | (model.Methods & Delegated);
        Outputs = [.. model.Outputs.Where(output => Delegated.HasFlag(output.Method)), .. selector.Outputs];
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs { get; }

    public override LabelSet? Classes => _model.Classes;

    public override int FeatureCount => _selector.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames => _selector.FeatureNames;

    public static Estimator Read(EstimatorNode node)
    {
        var selector = new FeatureSelector(node, SupportMask.Read(node), NaNTolerance.Of(node.Optional("estimator"), node.Version));

        // A model that cannot be read does not stand in the way of the columns.
        return node.Optional("estimator_") is PyInstance model && EstimatorCatalog.TryFind(model.Type, out _)
            ? new RecursiveElimination(selector, node.Child("estimator_"))
            : selector;
    }

    public override BlockKind Produces(BlockKind input) => _selector.Produces(input);

    public override int OutputColumn(int column) => _selector.OutputColumn(column);

    public override int Width(int inputWidth) => _selector.Width(inputWidth);

    public override void Transform(Block x, Block y, Scratch scratch) => _selector.Transform(x, y, scratch);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var selected = _selector.Transform(x, scratch);
        if ((wanted & _model.Methods & Delegated) is not Methods.None and var delegated)
        {
            _model.Run(delegated, selected, scratch, results);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(Output(Methods.Transform), selected);
        }
    }
}
