using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What becomes of a Python name that a file refers to.</summary>
internal static class NameVerdict
{
    // Data constructors and types of these packages are read as data by the pickle reader, or stand in attributes that no answer needs.
    private static readonly string[] DataModules =
    [
        "numpy", "scipy.sparse", "pandas.core.indexes", "pandas._libs", "builtins", "__builtin__", "copyreg", "copy_reg", "collections", "_codecs",
        "joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle", "sklearn.utils", "sklearn.linear_model._sgd_fast", "sklearn.linear_model.sgd_fast",
    ];

    public static string Of(PyGlobal name, ReportTree tree)
    {
        if (EstimatorCatalog.TryFind(name, out _) || (name.Module, name.Name) is ("sklearn.preprocessing._label", "LabelBinarizer" or "LabelEncoder")
                or ("xgboost.compat", "XGBLabelEncoder" or "XGBoostLabelEncoder"))
        {
            return "read";
        }

        if (BuiltinFunctions.Find(name) is not null || ImblearnCatalog.IsSampler(name))
        {
            return "read";
        }

        if (DataModules.Any(module => name.Module == module || name.Module.StartsWith(module + ".", StringComparison.Ordinal)))
        {
            return "read";
        }

        if (UnansweringCatalog.TryFind(name, out _))
        {
            return "answers nothing";
        }

        return tree.IsFunction(name) ? $"function, needs {FileOf(name)}" : "not supported";
    }

    private static string FileOf(PyGlobal name) => name.Module == "__main__" ? "main.py" : name.Module.Replace('.', '/') + ".py";
}
