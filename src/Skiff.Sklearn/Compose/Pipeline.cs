using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>Pipeline</c>: transformers one after the other, then the last step, whose methods it has.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/pipeline.py</c>, <c>Pipeline</c>; steps that are None or <c>'passthrough'</c> do nothing. In that of imbalanced-learn
/// 0.14, <c>imblearn/pipeline.py</c>, <c>_iter</c>, samplers do nothing either once it is fitted.
/// </remarks>
internal sealed class Pipeline : Transformer
{
    private readonly Transformer[] _transformers;
    private readonly Estimator _last;

    internal Pipeline(Transformer[] transformers, Estimator last)
    {
        _transformers = transformers;
        _last = last;

        // Once, as each level of pipelines within pipelines would ask the one below it twice.
        FeatureCount = Steps.SkipWhile(LeavesColumns).FirstOrDefault()?.FeatureCount ?? -1;
    }

    public override Methods Methods => _last.Methods;

    public override IReadOnlyList<ModelOutput> Outputs => _last.Outputs;

    public override LabelSet? Classes => _last.Classes;

    public override bool CanFeed => _last is Transformer { CanFeed: true };

    public override BlockKind? Input => Steps.Select(step => step.Input).FirstOrDefault(input => input is not null);

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames => _transformers.Length == 0 ? _last.FeatureNames : _transformers[0].FeatureNames;

    /// <summary>Whether it prepares its rows before the last step sees them.</summary>
    public bool HasSteps => _transformers.Length > 0;

    private IEnumerable<Estimator> Steps => [.. _transformers, _last];

    public static Estimator Read(EstimatorNode node) => Read(node, withSamplers: false);

    /// <summary>Reads one of imbalanced-learn.</summary>
    public static Estimator ReadWithSamplers(EstimatorNode node) => Read(node, withSamplers: true);

    public override ColumnNeed Need(int column)
    {
        foreach (var transformer in _transformers)
        {
            var need = transformer.Need(column);
            if (need != ColumnNeed.Any)
            {
                return need;
            }

            column = transformer.OutputColumn(column);
            if (column < 0)
            {
                return ColumnNeed.Any;
            }
        }

        return _last.Need(column);
    }

    public override int OutputColumn(int column)
    {
        foreach (var step in Steps)
        {
            column = step is Transformer transformer && column >= 0 ? transformer.OutputColumn(column) : -1;
        }

        return column;
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

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        var fed = Feed(x, scratch);
        try
        {
            ((Transformer)_last).Transform(fed, y, scratch);
        }
        catch (InputException e) when (e.ColumnIndex >= 0)
        {
            throw Move(e, _transformers.Length, x.Columns);
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var fed = Feed(x, scratch);
        try
        {
            _last.Run(wanted, fed, scratch, results);
        }
        catch (InputException e) when (e.ColumnIndex >= 0)
        {
            throw Move(e, _transformers.Length, x.Columns);
        }
    }

    private static Pipeline Read(EstimatorNode node, bool withSamplers)
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
            if (withSamplers && i < steps.Count - 1 && value is PyInstance { Type: var type } && ImblearnCatalog.IsSampler(type))
            {
                continue;
            }

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

            if (step is Transformer { CanFeed: true } transformer)
            {
                transformers.Add(transformer);
            }
            else
            {
                node.Context.Note(path, "the step has no transform that can be served, so that nothing can come after it");
            }
        }

        throw node.Error("'steps' has no last step");
    }

    // A function over each number takes as many as there are: what follows says how many those are.
    private static bool LeavesColumns(Estimator step) => step is Transformer { FeatureCount: < 0 } transformer && transformer.OutputColumn(0) == 0 && transformer.Width(2) == 2;

    private Block Feed(Block x, Scratch scratch)
    {
        var columns = x.Columns;
        var step = 0;
        try
        {
            for (; step < _transformers.Length; step++)
            {
                x = _transformers[step].Transform(x, scratch);
            }

            return x;
        }
        catch (InputException e) when (e.ColumnIndex >= 0)
        {
            throw Move(e, step, columns);
        }
    }

    // From a step's column back to the pipeline's own, where one alone became it.
    private InputException Move(InputException refusal, int step, int columns)
    {
        for (var column = 0; column < columns && step > 0; column++)
        {
            var place = column;
            for (var i = 0; i < step && place >= 0; i++)
            {
                place = _transformers[i].OutputColumn(place);
            }

            if (place == refusal.ColumnIndex)
            {
                return refusal.MoveTo(column);
            }
        }

        return step == 0 ? refusal : refusal.MoveTo(-1, null, step < _transformers.Length ? _transformers[step].GetType().Name : _last.GetType().Name);
    }
}
