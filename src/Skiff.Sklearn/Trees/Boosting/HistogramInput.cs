using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What a histogram boosting does to its rows first: since 1.4 categories become numbers, and their columns stand in front.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_hist_gradient_boosting/gradient_boosting.py</c>, <c>_preprocess_X</c>: a <c>ColumnTransformer</c> of an
/// <c>OrdinalEncoder</c> and of a function that only checks its array.
/// </remarks>
internal static class HistogramInput
{
    /// <summary>Reads <c>_preprocessor</c>; null where there is none.</summary>
    /// <exception cref="ModelLoadException">It is another one than scikit-learn makes.</exception>
    public static Transformer? Read(EstimatorNode node)
    {
        if (node.Optional("_preprocessor") is not { } value)
        {
            return null;
        }

        if (value is not PyInstance { Type.Name: "ColumnTransformer" } instance)
        {
            throw node.Unexpected("_preprocessor", "a ColumnTransformer");
        }

        var inner = new EstimatorNode(node.Context, instance, "ColumnTransformer", node.Join("_preprocessor"));
        var count = inner.CheckedInteger("n_features_in_", 1, int.MaxValue);
        var names = inner.FeatureNames;
        if (names is not null && names.Count != count)
        {
            throw inner.Error($"'feature_names_in_' has {names.Count} names, 'n_features_in_' is {count}");
        }

        var selection = new ColumnSelection(inner, count, names);
        var parts = new List<ColumnPart>();
        foreach (var entry in inner.List("transformers_"))
        {
            if (EstimatorNode.Items(entry) is not [string name, var transformer, var columns])
            {
                throw inner.Unexpected("transformers_", "names, transformers and columns");
            }

            var path = $"transformers_.{name}";
            var places = selection.Read(columns, path).Columns;
            if (places.Length > 0)
            {
                parts.Add(new ColumnPart(name, ReadPart(inner, name, transformer, path), places, false, 1));
            }
        }

        return new ColumnTransformer([.. parts], count, names, isSparse: false);
    }

    private static Transformer ReadPart(EstimatorNode node, string name, object? value, string path) => name switch
    {
        "numerical" => NumbersOnly.Instance,
        "encoder" => new WithoutInfinities(node.Context.ReadEstimator(value, node.Join(path)) as Transformer ?? throw node.Error($"'{path}' has no transform")),
        _ => throw node.Error($"'{path}' is unknown; scikit-learn makes 'encoder' and 'numerical'"),
    };

    /// <summary>Refuses infinities, which are no categories, before the encoder sees them.</summary>
    private sealed class WithoutInfinities(Transformer encoder) : Transformer
    {
        public override BlockKind? Input => encoder.Input;

        public override ColumnNeed Need(int column) => encoder.Need(column);

        public override void CheckInput(BlockKind kind) => encoder.CheckInput(kind);

        public override BlockKind Produces(BlockKind input) => encoder.Produces(input);

        public override int Width(int inputWidth) => encoder.Width(inputWidth);

        public override void Transform(Block x, Block y, Scratch scratch)
        {
            if (x is DenseBlock)
            {
                Kernels.RequireFinite(x, "HistGradientBoosting", allowNaN: true);
            }

            encoder.Transform(x, y, scratch);
        }
    }

    /// <summary>Passes numbers on, and takes nothing else.</summary>
    private sealed class NumbersOnly : Transformer
    {
        public static NumbersOnly Instance { get; } = new();

        public override BlockKind Produces(BlockKind input) => input;

        public override int Width(int inputWidth) => inputWidth;

        public override void Transform(Block x, Block y, Scratch scratch) => Kernels.Copy(x, y);
    }
}
