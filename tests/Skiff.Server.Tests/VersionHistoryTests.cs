using System.Runtime.CompilerServices;
using Skiff.Models;

namespace Skiff.Server.Tests;

public sealed class VersionHistoryTests
{
    private readonly VersionHistory _history = new(TimeProvider.System);

    [Fact]
    public void Last_NothingHappened_IsNotLoadedWithoutADate() =>
        Assert.Equal((VersionState.NotLoaded, null), (_history.Last(Version()).State, _history.Last(Version()).Since));

    [Fact]
    public void Note_OfWhatServes_ChangesNothingUntilItEnds()
    {
        var version = Version();
        _history.BeginServing(version);
        _history.Note(version, VersionState.Loading);
        _history.Note(version, VersionState.Loaded);
        _history.Note(version, VersionState.Unloaded);
        Assert.Equal(VersionState.Serving, _history.Last(version).State);

        _history.EndServing(version, VersionState.Unloaded);
        _history.Note(version, VersionState.Loading);
        Assert.Equal(VersionState.Loading, _history.Last(version).State);
    }

    [Fact]
    public void Last_FilesThatChanged_BeginAnew()
    {
        _history.Note(Version(), VersionState.Refused, "a reason");
        Assert.Equal(VersionState.NotLoaded, _history.Last(Version()).State);
    }

    [Fact]
    public void Note_OfFilesThatAreGone_IsForgotten()
    {
        var gone = NoteOne();
        for (var i = 0; i < 10 && gone.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(gone.IsAlive);
    }

    // In a frame of its own, which holds nothing once it has returned.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference NoteOne()
    {
        var version = Version();
        _history.Note(version, VersionState.Refused, "a reason");
        return new WeakReference(_history.Last(version));
    }

    private static CatalogVersion Version() => new(
        "model", "1", new object(), new ModelSource { Directory = "", Artifacts = [] }, new VersionFacts(default, default, default, default), static () => null);
}
