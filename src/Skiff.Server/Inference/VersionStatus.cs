namespace Skiff.Server;

/// <summary>What happened last to a version.</summary>
/// <param name="State">How it stands since.</param>
/// <param name="Since">When that happened; null where nothing has.</param>
/// <param name="Reason">Why it was refused; null where it was not.</param>
internal sealed record VersionStatus(VersionState State, DateTimeOffset? Since = null, string? Reason = null)
{
    internal static VersionStatus NotLoaded { get; } = new(VersionState.NotLoaded);
}
