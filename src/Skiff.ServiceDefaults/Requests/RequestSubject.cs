namespace Skiff.ServiceDefaults;

/// <summary>What a request was about, where that is known: it goes into the request's log lines and its span.</summary>
/// <param name="model">The model that answered.</param>
/// <param name="version">Its version that answered.</param>
public sealed class RequestSubject(string model, string version)
{
    /// <summary>The model that answered.</summary>
    public string Model { get; } = model;

    /// <summary>Its version that answered.</summary>
    public string Version { get; } = version;
}
