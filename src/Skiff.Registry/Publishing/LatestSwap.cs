namespace Skiff.Registry;

/// <summary>
/// Puts a new <c>latest/</c> in the place of the old one: the new one is written beside, the old one renamed aside, the new one renamed in, the old one
/// deleted. No reader ever sees a mixture. Between the two renames there is no <c>latest/</c>; readers take the one set aside for it, and so does
/// <see cref="CleanUp"/> when a crash fell in between.
/// </summary>
internal static class LatestSwap
{
    private const string NewPrefix = ".latest.tmp-";
    private const string OldPrefix = ".latest.old-";

    /// <summary>Whether a name is that of a <c>latest/</c> set aside.</summary>
    internal static bool IsSetAside(string name) => name.StartsWith(OldPrefix, StringComparison.Ordinal);

    /// <summary>Copies a version's files into <c>latest/</c>.</summary>
    /// <param name="modelFolder">The model's folder.</param>
    /// <param name="versionFolder">The version's folder.</param>
    /// <param name="step">Called after each step; what a test interrupts.</param>
    /// <exception cref="IOException">It cannot be written; <c>latest/</c> is what it was.</exception>
    internal static void Run(string modelFolder, string versionFolder, Action<string>? step = null)
    {
        try
        {
            Swap(modelFolder, versionFolder, step);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CleanUp(modelFolder);
            throw;
        }
    }

    private static void Swap(string modelFolder, string versionFolder, Action<string>? step)
    {
        var suffix = DurableFiles.NewSuffix();
        var beside = Path.Join(modelFolder, NewPrefix + suffix);
        var aside = Path.Join(modelFolder, OldPrefix + suffix);
        var latest = Path.Join(modelFolder, ModelReader.LatestFolder);
        Directory.CreateDirectory(beside);
        foreach (var file in DurableFiles.ListBelow(versionFolder))
        {
            var destination = Path.Join(beside, file);
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            DurableFiles.Copy(Path.Join(versionFolder, file), destination);
            step?.Invoke($"copied {file}");
        }

        if (Path.Exists(latest))
        {
            Directory.Move(latest, aside);
            step?.Invoke("moved the old one aside");
        }

        Directory.Move(beside, latest);
        step?.Invoke("moved the new one in");
        Delete(aside);
    }

    /// <summary>Brings the folder back into order after a crash.</summary>
    internal static void CleanUp(string modelFolder)
    {
        var latest = Path.Join(modelFolder, ModelReader.LatestFolder);
        foreach (var aside in Directory.GetDirectories(modelFolder, OldPrefix + "*"))
        {
            if (Path.Exists(latest))
            {
                Delete(aside);
            }
            else
            {
                Directory.Move(aside, latest);
            }
        }

        foreach (var beside in Directory.GetDirectories(modelFolder, NewPrefix + "*"))
        {
            Delete(beside);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
