namespace Skiff.Registry;

/// <summary>What serves when no version is asked for, and the state of the folder that decided it.</summary>
/// <param name="Entry">The version.</param>
/// <param name="Content">What the folder held.</param>
/// <param name="MetadataHash">The sum of the metadata.json that was there when the content came.</param>
/// <param name="IsNamed">Whether a name was given, and not made up.</param>
internal sealed record ServedState(VersionEntry Entry, ServedContent? Content, string? MetadataHash, bool IsNamed);
