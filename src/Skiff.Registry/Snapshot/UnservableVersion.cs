namespace Skiff.Registry;

/// <summary>A version that is there but cannot be served.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Reason">What is wrong with it; meant for the caller.</param>
public sealed record UnservableVersion(string Version, string Reason);
