namespace Skiff.Server.Tests;

/// <summary>Tests that nothing else may run beside: an exporter hears every server of its process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    internal const string Name = "Alone";
}
