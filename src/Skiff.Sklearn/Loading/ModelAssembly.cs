using System.Globalization;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Puts a model together from what its files hold: the chain of artifacts, labels, threshold, feature names.</summary>
internal sealed class ModelAssembly(ModelSource source, ArtifactReader artifacts, ReadContext context)
{
    private const string Platform = "sklearn_joblib";

    // A file may state any number of columns; each costs memory before the first row comes.
    private const int MostColumns = 1 << 20;

    // Its name, and where it goes in a table.
    private const long BytesPerColumn = 256;

    public SklearnModel Build()
    {
        var estimators = ReadArtifacts();
        ThrowIfProblems();
        var model = Chain(estimators);
        if (source.Labels is not null)
        {
            model = Relabel(model, source.Labels);
        }

        if (source.Threshold is not null)
        {
            model = WithThreshold(model, source.Threshold);
        }

        if (model.Methods == Methods.None)
        {
            throw new ModelLoadException($"{source.Artifacts[^1]}: the model has no method that answers");
        }

        var input = DescribeInput(model);
        input = source.Columns is null ? input : DeclaredInput.Apply(input, source.Columns);
        CheckInput(model, input);
        var signature = new ModelSignature(Platform, input, model.Outputs)
        {
            Classes = model.Classes,
            Producer = context.Producer,
        };
        var built = new SklearnModel(model, signature, context.Footprint.Bytes + (input.Columns.Count * BytesPerColumn));
        TryOut(built);
        return built;
    }

    private List<(Estimator Estimator, string File)> ReadArtifacts()
    {
        var estimators = new List<(Estimator Estimator, string File)>();
        var encoders = new List<(int Place, PyDict Encoders)>();
        foreach (var entry in source.Artifacts)
        {
            var value = artifacts.Read(entry);
            if (ColumnEncoders.Is(value))
            {
                // Their columns may be named by what comes after them.
                encoders.Add((estimators.Count, (PyDict)value!));
            }

            estimators.Add((ColumnEncoders.Is(value) ? UnreadEstimator.Instance : ReadArtifact(value, entry), entry));
        }

        foreach (var (place, dict) in encoders)
        {
            var columns = GivenFeatures() ?? estimators.Skip(place + 1).Select(next => next.Estimator.FeatureNames).FirstOrDefault(names => names is not null);
            var entry = estimators[place].File;
            estimators[place] = (ColumnEncoders.Read(context, dict, entry, columns), entry);
        }

        return estimators;
    }

    private Estimator ReadArtifact(object? value, string entry)
    {
        try
        {
            return value is PyDict bundle ? ReadBundle(bundle, entry) : context.ReadEstimator(value, string.Empty);
        }
        catch (ModelLoadException e) when (!e.Message.StartsWith(ArtifactReader.Split(entry).File, StringComparison.Ordinal))
        {
            throw new ModelLoadException($"{entry}: {e.Message}", e);
        }
    }

    // A dict in which exactly one value can predict serves that value.
    private Estimator ReadBundle(PyDict bundle, string entry)
    {
        var candidates = new List<(string Key, Estimator Estimator)>();
        foreach (var (key, value) in bundle.Entries)
        {
            if (key is string name && value is PyInstance instance && EstimatorCatalog.TryFind(instance.Type, out _))
            {
                var estimator = context.ReadEstimator(instance, name);
                if (estimator.Methods.HasFlag(Methods.Predict))
                {
                    candidates.Add((name, estimator));
                }
            }
        }

        if (candidates.Count == 1)
        {
            return candidates[0].Estimator;
        }

        var keys = string.Join(", ", bundle.Entries.Select(e => e.Key).OfType<string>());
        throw new ModelLoadException(candidates.Count == 0
            ? $"{entry}: a dict in which no value can predict (keys: {keys}); name what serves in metadata.json: \"artifacts\": [\"{entry}#key\"]"
            : $"{entry}: a dict in which {candidates.Count} values can predict ({string.Join(", ", candidates.Select(c => c.Key))}); name one in metadata.json: \"artifacts\": [\"{entry}#{candidates[0].Key}\"]");
    }

    private void ThrowIfProblems()
    {
        if (context.Problems.Count > 0)
        {
            var producer = context.Producer is { } text ? $" ({text})" : string.Empty;
            throw new ModelLoadException(
                $"{source.Artifacts[^1]}{producer} cannot be served: {string.Join("; ", context.Problems)}. See docs/estimators.md");
        }
    }

    private static Estimator Chain(List<(Estimator Estimator, string File)> estimators)
    {
        var transformers = new List<Transformer>();
        foreach (var (estimator, file) in estimators.SkipLast(1))
        {
            transformers.Add(estimator is Transformer { CanFeed: true } transformer
                ? transformer
                : throw new ModelLoadException($"{file} has no transform, so that nothing can come after it; it must be the last of \"artifacts\""));
        }

        for (var i = 1; i < estimators.Count; i++)
        {
            CheckFit(transformers[i - 1], estimators[i - 1].File, estimators[i].Estimator, estimators[i].File);
        }

        return transformers.Count == 0 ? estimators[0].Estimator : new Pipeline([.. transformers], estimators[^1].Estimator);
    }

    private static void CheckFit(Transformer first, string firstFile, Estimator second, string secondFile)
    {
        var width = first.Width(first.FeatureCount);
        if (width >= 0 && second.FeatureCount >= 0 && width != second.FeatureCount)
        {
            throw new ModelLoadException(string.Create(
                CultureInfo.InvariantCulture, $"{firstFile} gives {width} columns, {secondFile} takes {second.FeatureCount}; they were not fitted together"));
        }

        try
        {
            second.CheckInput(first.Produces(first.Input ?? BlockKind.Dense));
        }
        catch (ModelLoadException e)
        {
            throw new ModelLoadException($"{secondFile}, fed by {firstFile}: {e.Message}", e);
        }
    }

    private Relabeled Relabel(Estimator model, string entry)
    {
        var value = artifacts.Read(entry);
        var names = value switch
        {
            PyInstance { Type.Name: "LabelEncoder" } encoder => new EstimatorNode(context, encoder, "LabelEncoder", entry).Labels("classes_"),
            PyDict dict => LabelReader.Read(NamesByCode(dict, entry)),
            _ => LabelReader.Read(value),
        } ?? throw new ModelLoadException($"{entry}: {Describe.Value(value)} does not hold labels; a LabelEncoder, a list or a dict from code to name does");
        return Relabeled.Create(model, names, entry);
    }

    private static PyTuple NamesByCode(PyDict dict, string entry)
    {
        var names = new object?[dict.Count];
        foreach (var (key, name) in dict.Entries)
        {
            if (EstimatorNode.AsInteger(key) is not { } code || code < 0 || code >= names.Length)
            {
                throw new ModelLoadException($"{entry}: the key {Describe.Value(key)} is no code from 0 to {names.Length - 1}");
            }

            names[code] = name;
        }

        return new PyTuple(names);
    }

    private Thresholded WithThreshold(Estimator model, string entry)
    {
        if (PyFloat.TryParse(Utf8.GetBytes(entry), out var number))
        {
            return Thresholded.Create(model, number);
        }

        var value = artifacts.Read(entry);
        return Thresholded.Create(model, EstimatorNode.AsNumber(value) ?? throw new ModelLoadException($"{entry}: the threshold is {Describe.Value(value)}; expected a number"));
    }

    private ModelInput DescribeInput(Estimator model)
    {
        if (model.Input == BlockKind.Text)
        {
            return model.Need(0) == ColumnNeed.Json ? ModelInput.Json : ModelInput.Text;
        }

        var names = GivenFeatures() ?? model.FeatureNames;
        var count = model.FeatureCount >= 0 ? model.FeatureCount : names?.Count ?? -1;
        if (count > MostColumns)
        {
            throw new ModelLoadException(string.Create(CultureInfo.InvariantCulture, $"{source.Artifacts[0]}: the model takes {count} columns; up to {MostColumns} can be served"));
        }

        if (names is not null && names.Count != count)
        {
            throw new ModelLoadException(string.Create(CultureInfo.InvariantCulture, $"\"features\" has {names.Count} names, the model takes {count} columns"));
        }

        var needs = Enumerable.Range(0, Math.Max(count, 0)).Select(model.Need).ToArray();
        return needs.All(need => need is ColumnNeed.Number or ColumnNeed.Any)
            ? ModelInput.Matrix(count, names)
            : new ModelInput(InputForm.Frame, [.. needs.Select((need, i) => Column(names?[i] ?? $"x{i}", need))], names is not null);
    }

    private static InputColumn Column(string name, ColumnNeed need) => new(name, need is ColumnNeed.Text or ColumnNeed.Json ? ColumnKind.Text : ColumnKind.Number)
    {
        IsUsed = need != ColumnNeed.Unused,
        Type = need == ColumnNeed.Json ? ColumnType.Json : ColumnType.Any,
    };

    private IReadOnlyList<string>? GivenFeatures() => source.Features ?? (source.FeaturesEntry is null ? null : ReadFeatures(source.FeaturesEntry));

    private IReadOnlyList<string> ReadFeatures(string entry) =>
        EstimatorNode.Items(artifacts.Read(entry)) is { } items && items.All(item => item is string)
            ? [.. items.Cast<string>()]
            : throw new ModelLoadException($"{entry}: expected a list of column names");

    private void CheckInput(Estimator model, ModelInput input)
    {
        var kind = input.Form switch
        {
            InputForm.Text or InputForm.Json => BlockKind.Text,
            InputForm.Frame => BlockKind.Frame,
            _ => BlockKind.Dense,
        };
        try
        {
            model.CheckInput(kind);
        }
        catch (ModelLoadException e)
        {
            throw new ModelLoadException($"{source.Artifacts[^1]}: {e.Message}", e);
        }

        if (model is Transformer { CanFeed: true } transformer && transformer.Produces(kind) is BlockKind.Text or BlockKind.Frame)
        {
            throw new ModelLoadException(
                $"{source.Artifacts[^1]} answers with texts, and an answer is numbers or labels; name what comes after it in metadata.json: \"artifacts\": [\"{source.Artifacts[^1]}\", ...]");
        }
    }

    // On no rows: what does not fit together shows in the widths, before the first caller meets it.
    private void TryOut(SklearnModel model)
    {
        if (model.Plan.NumberColumns < 0)
        {
            return;
        }

        var scratch = new Scratch();
        var writer = model.Plan.Begin(scratch);
        try
        {
            model.Run(model.Methods, writer.End(), scratch, new Results());
        }
        catch (InputException e) when (e.Kind == InputErrorKind.Value)
        {
            throw new ModelLoadException($"{source.Artifacts[^1]}: the parts of the model do not fit each other: {e.Message}", e);
        }
        catch (InputException)
        {
            // A function of the model's own that cannot do with no rows says nothing about rows.
        }
    }
}
