namespace Skiff.Sklearn;

/// <summary>The <c>(name, estimator)</c> pairs of pipelines and unions.</summary>
internal static class NamedStep
{
    /// <summary>Reads a pair; a list of two counts, as some tools write.</summary>
    public static (string Name, object? Value) Read(EstimatorNode node, object? step, string path) =>
        EstimatorNode.Items(step) is { Count: 2 } pair && pair[0] is string name
            ? (name, pair[1])
            : throw node.Error($"'{path}' is {Describe.Value(step)}; expected a name and an estimator");
}
