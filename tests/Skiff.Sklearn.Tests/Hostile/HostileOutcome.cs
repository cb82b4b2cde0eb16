using System.Diagnostics;
using Skiff.Models;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>What came of a hostile file.</summary>
/// <param name="Says">The refusal, or the answer.</param>
/// <param name="Milliseconds">How long it took, for people to read.</param>
/// <param name="Bytes">What was allocated.</param>
/// <param name="Made">The files that were there afterwards and not before.</param>
internal sealed record HostileOutcome(string Says, double Milliseconds, long Bytes, string[] Made)
{
    public static HostileOutcome Of(HostileFile file)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, file.Name);
        File.WriteAllBytes(path, file.Content(Path.Combine(folder.Path, "executed")));
        if (file.Source is not null)
        {
            File.WriteAllText(Path.Combine(folder.Path, "hostile.py"), file.Source);
        }

        string[] written = file.Source is null ? [file.Name] : [file.Name, "hostile.py"];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var says = Say(file, path);
        watch.Stop();
        return new HostileOutcome(
            says.Replace(folder.Path, "FOLDER", StringComparison.Ordinal),
            watch.Elapsed.TotalMilliseconds,
            GC.GetAllocatedBytesForCurrentThread() - before,
            [.. Directory.GetFileSystemEntries(folder.Path).Select(name => Path.GetFileName(name)!).Except(written)]);
    }

    private static string Say(HostileFile file, string path)
    {
        try
        {
            var model = SklearnModel.Load(path);
            return !model.Methods.HasFlag(Methods.Predict) ? "is loaded"
                : file.Text is null ? $"answers {model.Predict(1.0, 1.0)}"
                : $"answers {model.Predict(file.Text)}";
        }
        catch (ModelLoadException e)
        {
            return $"refused: {e.Message}";
        }
        catch (InputException e)
        {
            return $"input refused: {e.Message}";
        }
    }
}
