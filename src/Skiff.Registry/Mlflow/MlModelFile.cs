namespace Skiff.Registry;

/// <summary>
/// What the <c>MLmodel</c> file of an MLflow model directory says: which file the model is, and which columns it takes. The flavors sklearn, xgboost
/// and lightgbm are served, and python_function where it loads one of these.
/// </summary>
internal sealed class MlModelFile
{
    internal const string FileName = "MLmodel";

    // Each flavor's key for its file, in the order in which they are tried.
    private static readonly (string Flavor, string Key)[] Flavors = [("sklearn", "pickled_model"), ("xgboost", "data"), ("lightgbm", "data")];

    private static readonly string[] Loaders = ["mlflow.sklearn", "mlflow.xgboost", "mlflow.lightgbm"];

    /// <summary>The model's file, or null with <see cref="Problem"/>.</summary>
    internal string? Model { get; private init; }

    /// <summary>Why there is no model to serve, or what of the signature cannot be read; null when nothing is wrong.</summary>
    internal string? Problem { get; private init; }

    /// <summary>The columns of the signature in order, or null.</summary>
    internal IReadOnlyList<SignatureColumn>? Columns { get; private init; }

    /// <summary>When the model was logged, as MLflow writes it: text that sorts by time; null where it does not say.</summary>
    internal string? Created { get; private init; }

    /// <summary>Reads a file.</summary>
    internal static MlModelFile Read(string path)
    {
        var root = YamlReader.Read(path, out var problem);
        return root is null ? new MlModelFile { Problem = $"{FileName}: {problem}" } : Of(root);
    }

    /// <summary>Reads what the file holds.</summary>
    internal static MlModelFile Parse(string yaml)
    {
        var root = YamlReader.Parse(yaml, out var problem);
        return root is null ? new MlModelFile { Problem = $"{FileName}: {problem}" } : Of(root);
    }

    private static MlModelFile Of(IReadOnlyDictionary<string, object?> root)
    {
        var flavors = Mapping(root, "flavors") ?? new Dictionary<string, object?>();
        var model = FindModel(flavors);
        string? problem = null;
        var inputs = Mapping(root, "signature") is { } signature && signature.GetValueOrDefault("inputs") is string json ? SignatureReader.Read(json, out problem) : null;
        return new MlModelFile
        {
            Model = model,
            Problem = model is null ? WhyNone(flavors) : problem is null ? null : $"{FileName}: {problem}",
            Columns = inputs,
            Created = root.GetValueOrDefault("utc_time_created") as string,
        };
    }

    private static string? FindModel(IReadOnlyDictionary<string, object?> flavors)
    {
        foreach (var (flavor, key) in Flavors)
        {
            if (Mapping(flavors, flavor)?.GetValueOrDefault(key) is string named)
            {
                return named;
            }
        }

        // Files of MLflow before 1.0 do not name the loader.
        return Mapping(flavors, "python_function") is { } function && (function.GetValueOrDefault("loader_module") is not string loader || Loaders.Contains(loader))
            ? (function.GetValueOrDefault("model_path") ?? function.GetValueOrDefault("data")) as string
            : null;
    }

    private static string WhyNone(IReadOnlyDictionary<string, object?> flavors)
    {
        if (flavors.Count == 0)
        {
            return $"{FileName} names no flavors";
        }

        var names = string.Join(", ", flavors.Keys.Order(StringComparer.Ordinal).Take(10));
        return RegistryProblem.Bound(
            Mapping(flavors, "python_function")?.GetValueOrDefault("loader_module") is "mlflow.pyfunc.model" or "mlflow.pyfunc.loaders.code_model"
                ? $"{FileName}: the model is Python code of its own (a pyfunc); log the scikit-learn model inside it with mlflow.sklearn.log_model"
                : $"{FileName} has the flavors {names}; sklearn, xgboost and lightgbm can be served");
    }

    private static IReadOnlyDictionary<string, object?>? Mapping(IReadOnlyDictionary<string, object?> parent, string key) =>
        parent.GetValueOrDefault(key) as IReadOnlyDictionary<string, object?>;
}
