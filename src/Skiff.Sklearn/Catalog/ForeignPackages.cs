using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Packages whose models turn up in pickles beside scikit-learn's, but that compute with engines of their own.</summary>
internal static class ForeignPackages
{
    private const string Network = "serve it with Triton or TorchServe, or export it to ONNX for a runtime of that format";

    // The first part of the module, what to call it, and what to do instead.
    private static readonly Dictionary<string, (string Package, string Instead)> ByPackage = new(StringComparer.Ordinal)
    {
        ["keras"] = ("Keras", "save it with model.export and serve that with TensorFlow Serving or Triton"),
        ["tensorflow"] = ("TensorFlow", "save it with model.export and serve that with TensorFlow Serving or Triton"),
        ["scikeras"] = ("Keras", "save its model_ with model_.export and serve that with TensorFlow Serving or Triton"),
        ["torch"] = ("PyTorch", Network),
        ["skorch"] = ("PyTorch", Network),
        ["pytorch_tabnet"] = ("PyTorch", Network),
        ["transformers"] = ("Hugging Face transformers", Network),
        ["sentence_transformers"] = ("Hugging Face transformers", Network),
        ["gensim"] = ("gensim", "compute its vectors before the request, and train a scikit-learn model on them"),
        ["spacy"] = ("spaCy", "compute its vectors before the request, and train a scikit-learn model on them"),
        ["catboost"] = ("CatBoost", "save it with save_model(format='onnx') for a runtime of that format, or train LightGBM, XGBoost or HistGradientBoosting instead"),
        ["statsmodels"] = ("statsmodels", "fit the same regression with sklearn.linear_model"),
        ["prophet"] = ("Prophet", "forecast ahead of time, and serve the table"),
    };

    /// <summary>What to say of a class of such a package, or null.</summary>
    public static string? Explain(PyGlobal name)
    {
        var dot = name.Module.IndexOf('.', StringComparison.Ordinal);
        return ByPackage.TryGetValue(dot < 0 ? name.Module : name.Module[..dot], out var found)
            ? $"{name} belongs to {found.Package}, which Skiff does not compute; {found.Instead}"
            : null;
    }
}
