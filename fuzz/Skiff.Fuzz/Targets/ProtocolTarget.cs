using Skiff.Server;

namespace Skiff.Fuzz;

/// <summary>The bodies of a protocol, sent to a model that takes columns of numbers and texts, and to one that takes a text.</summary>
/// <param name="name">The target's name.</param>
/// <param name="namesModel">Whether the path names the model.</param>
/// <param name="make">Makes the protocol's endpoint.</param>
internal sealed class ProtocolTarget(string name, bool namesModel, Func<InferenceServices, InferenceEndpoint> make) : IFuzzTarget
{
    private readonly ServedExample[] _served = [ServedExample.Start("passengers", make), ServedExample.Start("sentiment", make)];

    /// <summary><c>POST /predict</c>.</summary>
    public static ProtocolTarget Simple() => new("predict", namesModel: false, services => new PredictEndpoint(services));

    /// <summary><c>POST /v1/models/{m}:predict</c>.</summary>
    public static ProtocolTarget V1() => new("v1", namesModel: true, services => new V1PredictEndpoint(services));

    /// <summary><c>POST /v2/models/{m}/infer</c>.</summary>
    public static ProtocolTarget V2() => new("v2", namesModel: true, services => new V2InferEndpoint(services));

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int LongestInput => 1024;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (4 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of($"fuzz/seeds/{name}", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        var sum = new Fingerprint();
        var accepted = false;
        foreach (var served in _served)
        {
            accepted |= served.Send(input, namesModel, ref sum) == 200;
        }

        return new Outcome(accepted, sum.Value);
    }
}
