using Skiff.Models;
using Skiff.Pickle;
using Skiff.Sklearn.Tests;
using Skiff.TestKit.Fixtures;

namespace Skiff.Fuzz;

/// <summary>A model file of the fixtures as a graph, with every change that can be made to it.</summary>
internal sealed class MutableFixture
{
    private readonly List<GraphMutation> _changes;

    private MutableFixture(Fixture fixture, string file, PickleDocument document, Random random)
    {
        Input = fixture.Input!;
        Root = document.Root;
        Source = new ModelSource { Directory = fixture.Directory, Artifacts = [file], FunctionPaths = [Fixture.Folder] };
        _changes = GraphMutation.All(document.Root, random);
    }

    public object? Root { get; }

    public FixtureInput Input { get; }

    public ModelSource Source { get; }

    /// <summary>Reads a fixture; null where it is no single file with an answer.</summary>
    public static MutableFixture? TryRead(string name, Random random)
    {
        var fixture = Fixture.Read(name);
        return fixture is { Refused: null, Artifacts: [var file], Labels: null, Threshold: null, FeaturesEntry: null, Input: not null } && Path.GetExtension(file) is ".joblib" or ".pkl"
            ? new MutableFixture(fixture, file, PickleReader.Read(Path.Combine(fixture.Directory, file)), random)
            : null;
    }

    /// <summary>Makes up to three changes, does something, and takes them back.</summary>
    public Outcome With(Random random, Func<MutableFixture, Outcome> run)
    {
        var made = new Stack<GraphMutation>();
        try
        {
            // What removes an entry moves those behind it: nothing is changed after that.
            for (var left = 1 + random.Next(3); left > 0 && _changes.Count > 0 && !(made.TryPeek(out var last) && last.IsRemoval); left--)
            {
                var change = _changes[random.Next(_changes.Count)];
                change.Apply();
                made.Push(change);
            }

            return run(this);
        }
        finally
        {
            while (made.TryPop(out var change))
            {
                change.Undo();
            }
        }
    }
}
