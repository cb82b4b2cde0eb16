using System.Globalization;
using Skiff.Models;
using Skiff.Pickle;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>
/// Whatever one attribute of a model file says, the file is refused in words or the model answers: no other exception, no endless loop. A few changes a
/// fixture, chosen by a printed seed; SKIFF_MUTATIONS=all makes every change there is, another text every change whose kind it is part of.
/// </summary>
public sealed class MutatedModelTests(ITestOutputHelper output)
{
    private const int ChangesOfEach = 8;

    private int _changes;

    private static readonly string? Asked = Environment.GetEnvironmentVariable("SKIFF_MUTATIONS");
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("SKIFF_SEED"), out var seed) ? seed : Environment.TickCount;

    public static TheoryData<string> Releases => [.. Fixture.Names.Select(name => name.Split('/')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Load_FilesWithOneThingChanged_AreRefusedOrAnswer(string release)
    {
        output.WriteLine($"SKIFF_SEED={Seed.ToString(CultureInfo.InvariantCulture)}");
        var random = new Random(Seed);
        var failures = new List<string>();
        foreach (var name in Fixture.Names.Where(name => name.StartsWith(release + "/", StringComparison.Ordinal)))
        {
            var fixture = Fixture.Read(name);
            if (fixture is { Refused: null, Artifacts: [var file], Labels: null, Threshold: null, FeaturesEntry: null, Input: not null } && Path.GetExtension(file) is ".joblib" or ".pkl")
            {
                Try(fixture, file, random, failures);
            }
        }

        output.WriteLine($"{_changes} changes");
        Assert.True(failures.Count == 0, $"{failures.Count} failures, SKIFF_SEED={Seed}:\n{string.Join('\n', failures.DistinctBy(failure => failure[(failure.IndexOf('\'', StringComparison.Ordinal) + 1)..]).Take(20))}");
    }

    private void Try(Fixture fixture, string file, Random random, List<string> failures)
    {
        var document = PickleReader.Read(Path.Combine(fixture.Directory, file));
        var changes = GraphMutation.All(document.Root, random);
        foreach (var change in Asked is not null ? changes.Where(change => Asked == "all" || change.ToString().Contains(Asked, StringComparison.Ordinal)) : Enumerable.Range(0, Math.Min(ChangesOfEach, changes.Count)).Select(_ => changes[random.Next(changes.Count)]))
        {
            _changes++;
            change.Apply();
            try
            {
                LoadAndRun(fixture, file, document);
            }
            catch (Exception e) when (e is ModelLoadException or InputException)
            {
                Assert.NotEmpty(e.Message);
            }
            catch (Exception e)
            {
                failures.Add($"{fixture.Name}: {change}: {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Skiff.", StringComparison.Ordinal))?.Trim()}");
            }
            finally
            {
                change.Undo();
            }
        }
    }

    private static void LoadAndRun(Fixture fixture, string file, PickleDocument document)
    {
        var source = new ModelSource { Directory = fixture.Directory, Artifacts = [file], FunctionPaths = [Fixture.Folder] };
        var artifacts = new ArtifactReader(source, PickleOptions.Default, default);
        artifacts.Add(file, document);
        var model = new ModelAssembly(source, artifacts, new ReadContext(new FunctionLibrary(source, SklearnOptions.Default))).Build();
        var scratch = new Scratch();
        model.Run(model.Methods, FixtureRows.Write(model.Plan, scratch, fixture.Input!, 0, fixture.Input!.Rows), scratch, new Results());
    }
}
