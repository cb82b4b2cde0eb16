namespace Skiff.Server;

/// <summary>When a model's version is read from its files.</summary>
public enum LoadMode
{
    /// <summary>All models when the server starts. It is ready once every model has a version that answers.</summary>
    Eager,

    /// <summary>Each model when it is first asked for. The server is ready once it has looked through the registry.</summary>
    Lazy,
}
