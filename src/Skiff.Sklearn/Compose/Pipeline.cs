using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>Pipeline</c>: transformers one after the other, then the last step, whose methods it has.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/pipeline.py</c>, <c>Pipeline</c>; steps that are None or <c>'passthrough'</c> do nothing.</remarks>
internal sealed class Pipeline : Transformer
{
    private readonly Transformer[] _transformers;
    private readonly Estimator _last;

    internal Pipeline(Transformer[] transformers, Estimator last)
    {
        _transformers = transformers;
        _last = last;
    }

    public override Methods Methods => _last.Methods;

    public override IReadOnlyList<ModelOutput> Outputs => _last.Outputs;

    public override LabelSet? Classes => _last.Classes;

    public override BlockKind? Input => Steps.Select(step => step.Input).FirstOrDefault(input => input is not null);

    public override int FeatureCount => _transformers.Length == 0 ? _last.FeatureCount : _transformers[0].FeatureCount;

    public override IReadOnlyList<string>? FeatureNames => _transformers.Length == 0 ? _last.FeatureNames : _transformers[0].FeatureNames;

    private IEnumerable<Estimator> Steps => [.. _transformers, _last];

    public static Estimator Read(EstimatorNode node)
    {
        var steps = node.List("steps");
        if (steps.Count == 0)
        {
            throw node.Error("'steps' is empty");
        }

        var transformers = new List<Transformer>();
        for (var i = 0; i < steps.Count; i++)
        {
            var (name, value) = NamedStep.Read(node, steps[i], $"steps[{i}]");
            if (value is null or "passthrough")
            {
                if (i == steps.Count - 1)
                {
                    return new Pipeline([.. transformers], Passthrough.Instance);
                }

                continue;
            }

            var path = node.Join($"steps[{i}].{name}");
            var step = node.Context.ReadEstimator(value, path);
            if (i == steps.Count - 1)
            {
                return new Pipeline([.. transformers], step);
            }

            if (step is Transformer transformer && (transformer.Methods.HasFlag(Methods.Transform) || transformer is UnreadEstimator))
            {
                transformers.Add(transformer);
            }
            else
            {
                node.Context.Note(path, "the step has no transform, so that nothing can come after it");
            }
        }

        throw node.Error("'steps' has no last step");
    }

    public override void CheckInput(BlockKind kind)
    {
        foreach (var transformer in _transformers)
        {
            transformer.CheckInput(kind);
            kind = transformer.Produces(kind);
        }

        _last.CheckInput(kind);
    }

    public override BlockKind Produces(BlockKind input) => ((Transformer)_last).Produces(_transformers.Aggregate(input, (kind, step) => step.Produces(kind)));

    public override int Width(int inputWidth) => ((Transformer)_last).Width(_transformers.Aggregate(inputWidth, (width, step) => step.Width(width)));

    public override void Transform(Block x, Block y, Scratch scratch) => ((Transformer)_last).Transform(Feed(x, scratch), y, scratch);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results) => _last.Run(wanted, Feed(x, scratch), scratch, results);

    private Block Feed(Block x, Scratch scratch)
    {
        foreach (var transformer in _transformers)
        {
            x = transformer.Transform(x, scratch);
        }

        return x;
    }
}
