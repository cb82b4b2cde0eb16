using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>What is asked of a server that is a process of its own: <see cref="SkiffOptions"/>, and where and how it listens, who may call, how it ends and logs.</summary>
public sealed class SkiffHostOptions() : ServiceOptions(DefaultPort)
{
    /// <summary>The port unless something says otherwise.</summary>
    public const int DefaultPort = 8000;

    /// <summary>What the server serves.</summary>
    public SkiffOptions Server { get; } = new();
}
