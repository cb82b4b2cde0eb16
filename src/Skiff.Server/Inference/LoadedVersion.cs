using Skiff.Models;
using Skiff.Numerics;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>A version in memory, with everything about it that answers are made of already written. Immutable.</summary>
internal sealed class LoadedVersion
{
    internal LoadedVersion(CatalogVersion entry, IModel model, VersionMetrics metrics)
    {
        Entry = entry;
        Model = model;
        Metrics = metrics;
        Plan = new InputPlan(model.Signature.Input);
        Default = model.Methods.HasFlag(Methods.Predict) ? Methods.Predict
            : model.Methods.HasFlag(Methods.Transform) ? Methods.Transform
            : LowestOf(model.Methods);
        Pieces = new AnswerPieces(entry, model.Signature);
        Subject = new RequestSubject(entry.Model, entry.Version);
        NameUtf8 = Utf8.GetBytes(entry.Version);
    }

    internal CatalogVersion Entry { get; }

    internal IModel Model { get; }

    internal InputPlan Plan { get; }

    internal VersionMetrics Metrics { get; }

    internal AnswerPieces Pieces { get; }

    internal byte[] NameUtf8 { get; }

    /// <summary>What a request that it answers is about.</summary>
    internal RequestSubject Subject { get; }

    /// <summary>What it answers when nothing is asked for.</summary>
    internal Methods Default { get; }

    /// <summary>The place of an output in the signature.</summary>
    internal int IndexOf(ModelOutput output)
    {
        var outputs = Model.Signature.Outputs;
        for (var i = 0; i < outputs.Count; i++)
        {
            if (ReferenceEquals(outputs[i], output))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"The model answered '{output.Name}', which its signature does not list.");
    }

    private static Methods LowestOf(Methods methods) => (Methods)((int)methods & -(int)methods);
}
