namespace Skiff.Server;

/// <summary>A model for as long as the registry has it: one reference to how it is served now.</summary>
internal sealed class ModelState(ServingModel current)
{
    private volatile ServingModel _current = current;

    internal string Name { get; } = current.Name;

    internal ServingModel Current
    {
        get => _current;
        set => _current = value;
    }
}
