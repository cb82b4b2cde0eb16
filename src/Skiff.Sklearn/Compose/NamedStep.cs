namespace Skiff.Sklearn;

/// <summary>The <c>(name, estimator)</c> pairs of pipelines and unions.</summary>
internal static class NamedStep
{
    private const int LongestName = 10_000;

    /// <summary>Reads a pair; a list of two counts, as some tools write.</summary>
    public static (string Name, object? Value) Read(EstimatorNode node, object? step, string path) =>
        EstimatorNode.Items(step) is { Count: 2 } pair && pair[0] is string name
            ? name.Length <= LongestName ? (name, pair[1]) : throw node.Error($"'{path}' has a name of {name.Length} characters; up to {LongestName} are read")
            : throw node.Error($"'{path}' is {Describe.Value(step)}; expected a name and an estimator");
}
