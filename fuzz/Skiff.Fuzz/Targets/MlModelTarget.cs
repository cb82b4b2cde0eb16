using Skiff.Registry;

namespace Skiff.Fuzz;

/// <summary>MLflow's <c>MLmodel</c>: YAML, with the signature as JSON in it. What is wrong is said, not thrown.</summary>
internal sealed class MlModelTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "mlmodel";

    /// <inheritdoc/>
    public int LongestInput => 1024;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (4 << 20) + (4096L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/mlmodel", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        var model = MlModelFile.Parse(System.Text.Encoding.UTF8.GetString(input));
        var sum = new Fingerprint();
        sum.Add(model.Model);
        sum.Add(model.Problem);
        sum.Add(model.Created);
        sum.Add((long)(model.Columns?.Count ?? 0));
        foreach (var column in (model.Columns ?? []).Take(64))
        {
            sum.Add(column.ToString());
        }

        return model.Model is not null || model.Problem is not null ? new Outcome(model.Model is not null, sum.Value) : throw new FindingException("neither a model nor a problem");
    }
}
