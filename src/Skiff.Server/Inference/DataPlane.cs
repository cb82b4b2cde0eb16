using System.Text;
using Skiff.Models;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>How far a request got without waiting.</summary>
internal enum Progress
{
    /// <summary>The answer is written.</summary>
    Done,

    /// <summary>It must wait for <see cref="Call.Pending"/> to be read.</summary>
    NeedsVersion,

    /// <summary>It must wait for its turn.</summary>
    NeedsTurn,
}

/// <summary>The one way from a request's model and version to a model's answer, whatever protocol it came by.</summary>
internal sealed class DataPlane(ModelCache cache, ConcurrencyGate gate)
{
    // Longer names are unknown, whatever they say.
    private const int LongestName = 512;

    internal ModelCache Cache => cache;

    /// <summary>Settles which version answers, and takes a turn.</summary>
    /// <param name="call">The request; gets its <see cref="Call.Version"/>.</param>
    /// <param name="model">The model's name in UTF-8; null bytes for none.</param>
    /// <param name="version">The version's name in UTF-8; empty for the one that serves.</param>
    /// <param name="modelGiven">Whether a model was named.</param>
    /// <returns>Whether it can run now (<see cref="Progress.Done"/>), or must wait.</returns>
    /// <exception cref="CallException">There is no such model or version, or it cannot answer.</exception>
    internal Progress Acquire(Call call, ReadOnlySpan<byte> model, bool modelGiven, ReadOnlySpan<byte> version)
    {
        var loaded = call.Read ?? Find(call, modelGiven ? FindModel(model) : DefaultModel(), version);
        if (loaded is null)
        {
            return Progress.NeedsVersion;
        }

        call.Version = loaded;
        if (!call.HoldsTurn)
        {
            if (!gate.TryEnter())
            {
                return Progress.NeedsTurn;
            }

            call.HoldsTurn = true;
        }

        return Progress.Done;
    }

    /// <summary>Settles which version answers by the names in a path.</summary>
    internal Progress Acquire(Call call, string model, string? version)
    {
        Span<byte> modelUtf8 = stackalloc byte[LongestName];
        Span<byte> versionUtf8 = stackalloc byte[LongestName];
        if (!Encoding.UTF8.TryGetBytes(model, modelUtf8, out var modelLength))
        {
            throw UnknownModel(model);
        }

        var versionLength = 0;
        if (version is not null && !Encoding.UTF8.TryGetBytes(version, versionUtf8, out versionLength))
        {
            throw UnknownVersion(version);
        }

        return Acquire(call, modelUtf8[..modelLength], true, versionUtf8[..versionLength]);
    }

    /// <summary>Runs the model of a request that has its turn.</summary>
    internal static void Run(Call call, Methods wanted, in Table table)
    {
        call.Results.Clear();
        call.Version!.Model.Run(wanted, table, call.Scratch, call.Results);
    }

    internal void GiveTurnBack(Call call)
    {
        if (call.HoldsTurn)
        {
            call.HoldsTurn = false;
            gate.Exit();
        }
    }

    internal static CallException UnknownModel(string name) => new(FailureReason.UnknownModel, $"Model '{Shorten(name)}' not found");

    internal static CallException UnknownVersion(string name) => new(FailureReason.UnknownVersion, $"Model version '{Shorten(name)}' not found");

    private static string Shorten(string name) => name.Length <= 300 ? name : string.Concat(name.AsSpan(0, 300), "...");

    private ServingModel FindModel(ReadOnlySpan<byte> name) => cache.Table.Find(name) ?? throw UnknownModel(Numerics.Utf8.GetString(name));

    private ServingModel DefaultModel()
    {
        var table = cache.Table;
        if (table.Default is { } model)
        {
            return model;
        }

        throw table.Count == 0
            ? new CallException(FailureReason.NotReady, cache.WhyNotReady() ?? "no model is loaded yet")
            : new CallException(
                FailureReason.ModelNotNamed, $"several models are served, name one: {string.Join(", ", table.Models.Select(m => m.Name))}", "model");
    }

    private LoadedVersion? Find(Call call, ServingModel model, ReadOnlySpan<byte> version)
    {
        if (!version.IsEmpty)
        {
            return FindVersion(call, model, version);
        }

        // The call's own start, so that noting a use costs no look at the clock.
        if (model.Slot?.Use(call.Start) is { } serving)
        {
            return serving;
        }

        call.Pending = cache.FindLoadable(model) ?? throw cache.NotServing(model);
        return null;
    }

    private LoadedVersion? FindVersion(Call call, ServingModel model, ReadOnlySpan<byte> version)
    {
        if (model.Find(version) is { } entry)
        {
            if (cache.FindLoaded(model, entry) is { } loaded)
            {
                return loaded;
            }

            if (cache.WhyRefused(entry) is not null)
            {
                throw cache.Refusal(entry);
            }

            call.Pending = entry;
            return null;
        }

        if (model.Serving is { } serving && version.SequenceEqual(serving.NameUtf8))
        {
            return serving;
        }

        var name = Numerics.Utf8.GetString(version);
        throw model.Entry.Unservable.TryGetValue(name, out var reason) ? Refused(name, reason) : UnknownVersion(name);
    }

    internal static CallException Refused(string version, string reason) =>
        new(FailureReason.RefusedVersion, $"Model version '{version}' was refused: {reason}");
}
