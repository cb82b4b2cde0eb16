namespace Skiff.Server;

/// <summary>The protocols that share the data plane.</summary>
internal enum Protocol
{
    /// <summary>The simple API.</summary>
    Simple,

    /// <summary>The older protocol of KServe and TensorFlow Serving.</summary>
    V1,

    /// <summary>The open inference protocol.</summary>
    V2,
}

internal static class Protocols
{
    internal const int Count = 3;

    internal static string Name(this Protocol protocol) => protocol switch
    {
        Protocol.Simple => "simple",
        Protocol.V1 => "v1",
        _ => "v2",
    };
}
