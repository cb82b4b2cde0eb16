using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads the wrappers of <c>category_encoders</c> around encoders by target.</summary>
/// <remarks>category_encoders 2.9, <c>category_encoders/wrapper.py</c>; without a target the same since 2.2.</remarks>
internal static class EncoderWrappers
{
    /// <summary>Reads a <c>NestedCVWrapper</c>: folds matter to training alone, and what it answers is the encoder of all rows.</summary>
    public static Estimator ReadNested(EstimatorNode node) => node.Child("feature_encoder");

    /// <summary>Reads a <c>PolynomialWrapper</c>: the columns that are not encoded, then those that are, once for each class but the first.</summary>
    public static Estimator ReadPolynomial(EstimatorNode node)
    {
        var encoders = node.Required("feature_encoders") as PyDict ?? throw node.Unexpected("feature_encoders", "a dict by class");
        var parts = new List<CategoryEncoder.Part>();
        CategoryEncoder? last = null;
        foreach (var (label, value) in encoders.Entries)
        {
            var path = $"feature_encoders[{label}]";
            if (ReadMember(node, value, path) is not { } encoder)
            {
                return UnreadEstimator.Instance;
            }

            RequireSameColumns(node, last, encoder, path);
            parts.AddRange(Encoded(node, (PyInstance)value!, encoder, path));
            last = encoder;
        }

        return last is null ? throw node.Error("'feature_encoders' is empty: the estimator is not fitted; call fit before saving it")
            : new CategoryEncoder(node.ClassName, [.. last.Parts.Where(part => part.Encoded is null), .. parts], last.FeatureCount, last.FeatureNames);
    }

    /// <summary>Reads an encoder that another is made of; null where it is noted as not supported.</summary>
    /// <exception cref="ModelLoadException">It is something else than an encoder with a table by category.</exception>
    internal static CategoryEncoder? ReadMember(EstimatorNode node, object? value, string path) => node.Context.ReadEstimator(value, node.Join(path)) switch
    {
        CategoryEncoder encoder => encoder,
        UnreadEstimator => null,
        _ => throw node.Error($"'{path}' is {Describe.Value(value)}; expected an encoder of category_encoders with a table by category"),
    };

    /// <summary>Refuses encoders that were fitted on other columns than those before them.</summary>
    internal static void RequireSameColumns(EstimatorNode node, CategoryEncoder? known, CategoryEncoder encoder, string path)
    {
        if (known is not null && (known.FeatureCount != encoder.FeatureCount || !(known.FeatureNames ?? []).SequenceEqual(encoder.FeatureNames ?? [])))
        {
            throw node.Error($"'{path}' was fitted on other columns than those before it");
        }
    }

    // In the order of its cols, which each keep their names: one that becomes several columns raises in Python too.
    private static IEnumerable<CategoryEncoder.Part> Encoded(EstimatorNode node, PyInstance instance, CategoryEncoder encoder, string path)
    {
        var inner = new EstimatorNode(node.Context, instance, instance.Type.Name, node.Join(path));
        foreach (var name in CategoryEncoderReader.Encoded(inner))
        {
            yield return encoder.Parts.FirstOrDefault(part => part.Encoded is { } encoded && encoded.Name.Equals(name)) is { Kept.Length: 1, Encoded.Names: [var one] } found && one.Equals(name)
                ? found
                : throw node.Error($"'{path}' does not give one column for '{name}'; PolynomialWrapper takes an encoder by target, as TargetEncoder, without drop_invariant");
        }
    }
}
