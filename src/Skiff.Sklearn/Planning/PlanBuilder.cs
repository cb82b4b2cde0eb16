using System.Globalization;
using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Puts pieces in order.</summary>
/// <param name="pieces">The pieces.</param>
/// <param name="given">What is settled already: its labels, threshold and features are not looked for.</param>
internal sealed class PlanBuilder(IReadOnlyList<Piece> pieces, ModelPlan given)
{
    // More could be tried in more ways than are worth it.
    private const int MostTransformers = 5;

    private static readonly string[] LabelNames = ["classes", "class_names", "labels", "label_names", "target_names", "label_map", "id2label", "class_map"];
    private static readonly string[] FeatureNames = ["features", "feature_names", "feature_columns", "columns", "feature_list", "feature_cols", "input_columns", "cols"];
    private static readonly string[] ThresholdNames = ["threshold", "cutoff"];

    private readonly Dictionary<Piece, string> _uses = new(ReferenceEqualityComparer.Instance);

    public ModelPlan Build()
    {
        var model = FindModel();
        var encoders = FindEncoders();
        var chain = FindChain(model, encoders);
        for (var i = 0; i < chain.Count; i++)
        {
            _uses[chain[i]] = i == chain.Count - 1 ? "answers" : i == 0 ? "first" : "then";
        }

        var labels = given.Labels is null ? FindLabels(model) : null;
        var threshold = given.Threshold is null ? FindThreshold(model) : null;
        var features = given.Features is null ? FindFeatures(chain, encoders) : null;
        Use(labels, "labels");
        Use(threshold, "threshold");
        Use(features, "features");
        return new ModelPlan(
            [.. chain.Select(piece => piece.Entry)],
            [.. pieces.Select(piece => new ModelPiece(piece.Entry, piece.What, _uses.GetValueOrDefault(piece, "left alone")))])
        {
            Labels = given.Labels ?? labels?.Entry,
            Threshold = given.Threshold ?? threshold?.Entry,
            Features = given.Features ?? features?.Entry,
        };
    }

    private void Use(Piece? piece, string use)
    {
        if (piece is not null)
        {
            _uses[piece] = use;
        }
    }

    private Piece FindModel()
    {
        var models = pieces.Where(piece => piece.Predicts).ToList();
        models.RemoveAll(inner => models.Exists(outer => ObjectGraph.Holds(outer.Value, inner.Value)));
        if (models.Count == 1)
        {
            return models[0];
        }

        if (models.Count > 1)
        {
            throw new ModelLoadException(
                $"{Names(models)} can all predict; say which one shall: skiff add {models[0].Entry}");
        }

        var unread = pieces.Where(piece => piece.Problem is not null || (piece.Value is PyInstance && piece.Estimator is null && !piece.EncodesLabels)).ToList();
        if (unread.Count > 0)
        {
            throw new ModelLoadException($"nothing here can predict: {string.Join("; ", unread.Select(piece => $"{piece.Entry}: {piece.What}"))}. See docs/estimators.md");
        }

        // A chain of transformers alone answers with what the last one gives.
        return pieces.Where(piece => piece.Transforms).ToList() is [var only]
            ? only
            : throw new ModelLoadException($"nothing here can predict; there is {(pieces.Count == 0 ? "nothing" : string.Join(", ", pieces.Take(20).Select(piece => $"{piece.Entry} ({piece.What})")))}");
    }

    private Piece? FindEncoders() => pieces.Where(piece => piece.EncodesColumns).ToList() switch
    {
        [] => null,
        [var only] => only,
        var several => throw new ModelLoadException($"{Names(several)} all encode columns; say which one comes first: --encoder {several[0].Entry}"),
    };

    private IReadOnlyList<Piece> FindChain(Piece model, Piece? encoders)
    {
        var before = pieces.Where(piece => piece.Transforms && piece != model && !pieces.Any(outer => ObjectGraph.Holds(outer.Value, piece.Value))).ToList();
        if (before.Count > MostTransformers)
        {
            throw new ModelLoadException($"{Names(before)} all transform; say which come before {model.Entry} and in which order: {Options(model, before)}");
        }

        var fitting = Orders(before).Where(order => Fits(encoders, [.. order, model])).ToList();
        if (fitting.Count == 0)
        {
            throw new ModelLoadException(
                $"{Names([.. before, model])} do not fit each other: {string.Join("; ", before.Select(piece => $"{piece.Entry} gives {Columns(Width(piece))}"))}; {model.Entry} takes {Columns(model.Estimator!.FeatureCount)}");
        }

        if (fitting.Count > 1)
        {
            throw new ModelLoadException($"{Names(before)} fit in several orders; say which: {Options(model, fitting[0])}");
        }

        if (before.Count > 0 && model.Estimator is Pipeline pipeline && pipeline.HasSteps && before[0].Estimator!.Input != BlockKind.Text)
        {
            throw new ModelLoadException(
                $"{model.Entry} prepares its rows by itself, and {Names(before)} would fit before it; say whether they come before: {Options(model, before)}, or not: skiff add {model.Entry}");
        }

        return [.. encoders is null ? [] : new[] { encoders }, .. fitting[0], model];
    }

    private static bool Fits(Piece? encoders, List<Piece> chain)
    {
        if (encoders is not null && chain[0].Estimator!.Input == BlockKind.Text)
        {
            return false;
        }

        for (var i = 1; i < chain.Count; i++)
        {
            var first = (Transformer)chain[i - 1].Estimator!;
            var second = chain[i].Estimator!;
            var width = Width(chain[i - 1]);
            if (width >= 0 && second.FeatureCount >= 0 && width != second.FeatureCount)
            {
                return false;
            }

            try
            {
                second.CheckInput(first.Produces(first.Input ?? BlockKind.Dense));
            }
            catch (ModelLoadException)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<List<Piece>> Orders(List<Piece> of) => of.Count == 0
        ? [[]]
        : of.SelectMany(first => Orders([.. of.Where(other => other != first)]), (first, rest) => (List<Piece>)[first, .. rest]);

    private Piece? FindLabels(Piece model)
    {
        var encoders = pieces.Where(piece => piece.EncodesLabels).ToList();
        var codes = model.Estimator!.Classes is { Kind: LabelKind.Int64 } classes && classes.Values.Select(value => (long)value).SequenceEqual(Enumerable.Range(0, classes.Count).Select(i => (long)i))
            ? classes.Count
            : -1;
        var fitting = encoders.Where(piece => codes > 0 && LabelsOf(piece)?.Count == codes).ToList();
        if (encoders.Count == 0)
        {
            return pieces.FirstOrDefault(piece => codes > 0 && IsCalled(piece, LabelNames) && (piece.Texts?.Count == codes || IsLabelMap(piece, codes)));
        }

        if (encoders.Count == 1 && fitting.Count == 1)
        {
            return fitting[0];
        }

        // One that holds the model's own labels has done its work in training.
        if (encoders is [var only] && model.Estimator.Classes is { } own && LabelsOf(only) is { } labels && labels.Values.SequenceEqual(own.Values))
        {
            return null;
        }

        throw new ModelLoadException(
            codes < 0
                ? $"{Names(encoders)} may encode labels or columns, and {model.Entry} answers without codes; name the model alone: skiff add {model.Entry}"
                : string.Create(CultureInfo.InvariantCulture, $"{Names(encoders)} may encode labels or columns, and {model.Entry} answers with {codes} codes; say what names them: skiff add {model.Entry} --labels {(fitting.Count > 0 ? fitting : encoders)[0].Entry}"));
    }

    private static LabelSet? LabelsOf(Piece piece) => LabelReader.Read(((PyInstance)piece.Value!).Attributes.TryGetValue("classes_", out var classes) ? classes : null);

    private static bool IsLabelMap(Piece piece, int codes) =>
        piece.Value is PyDict { Count: > 0 } dict && dict.Count == codes && dict.Entries.All(entry => EstimatorNode.AsInteger(entry.Key) is not null && entry.Value is string);

    private Piece? FindFeatures(IReadOnlyList<Piece> chain, Piece? encoders)
    {
        var first = chain.First(piece => piece != encoders).Estimator!;
        var fitting = FeatureNames
            .SelectMany(name => pieces.Where(piece => IsCalled(piece, name) && piece.Texts is not null))
            .FirstOrDefault(piece => first.FeatureCount < 0 || first.FeatureCount == piece.Texts!.Count);
        return fitting is not null || encoders is null || chain.Any(piece => piece.Estimator?.FeatureNames is not null)
            ? first.Input == BlockKind.Text ? null : fitting
            : throw new ModelLoadException($"{encoders.Entry} encodes columns by name, and nothing says which columns there are and in which order; say it with --features NAME,NAME,...");
    }

    private Piece? FindThreshold(Piece model)
    {
        var isBinary = model.Estimator is { Classes.Count: 2 } && model.Estimator.Methods.HasFlag(Methods.PredictProba);
        var named = pieces.Where(piece => IsCalled(piece, ThresholdNames) && piece.Value is not bool && EstimatorNode.AsNumber(piece.Value) is >= 0 and <= 1).ToList();
        return !isBinary || named.Count == 0 ? null
            : named.Count == 1 ? named[0]
            : throw new ModelLoadException($"{Names(named)} may each be the threshold; say which: skiff add {model.Entry} --threshold {named[0].Entry}");
    }

    // "threshold", and as people write it: "best_threshold.pkl", "model-threshold".
    private static bool IsCalled(Piece piece, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (piece.Name == name || piece.Name.EndsWith("_" + name, StringComparison.Ordinal) || piece.Name.EndsWith("-" + name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static int Width(Piece piece) => ((Transformer)piece.Estimator!).Width(piece.Estimator!.FeatureCount);

    private static string Columns(int count) => count < 0 ? "columns without a fixed number" : string.Create(CultureInfo.InvariantCulture, $"{count} columns");

    private static string Names(List<Piece> of) =>
        of.Count == 1 ? of[0].Entry : $"{string.Join(", ", of.SkipLast(1).Select(piece => piece.Entry))} and {of[^1].Entry}";

    private static string Options(Piece model, List<Piece> before) =>
        $"skiff add {model.Entry} {string.Join(" ", before.Select(piece => $"--artifact {piece.Entry}"))}";
}
