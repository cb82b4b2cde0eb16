using System.Text;
using System.Text.Json;
using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// The files that xgboost and lightgbm write themselves (<c>save_model</c>), which are no pickles: JSON, UBJSON and the binary format of xgboost, and
/// lightgbm's text. They become the objects that a pickle of the same model would hold.
/// </summary>
/// <remarks>
/// xgboost 3.3, <c>python-package/xgboost/sklearn.py</c>, <c>XGBModel.save_model</c> and <c>load_model</c>: an estimator leaves its kind in the attribute
/// <c>scikit_learn</c>, by which a classifier's file answers with labels. lightgbm 4.6, <c>python-package/lightgbm/basic.py</c>, <c>Booster</c> of a
/// <c>model_file</c> and <c>_load_pandas_categorical</c>.
/// </remarks>
internal static class BoosterFile
{
    // An array's most in .NET; a larger booster would not fit in a pickle's bytes either.
    private const long MostBytes = 0x7FFFFFC7;

    private const string PandasCategorical = "pandas_categorical:";

    /// <summary>Reads a file, or gives null where it begins as none of these.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelLoadException">It is one, and cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static PyInstance? TryRead(string path)
    {
        Span<byte> head = stackalloc byte[16];
        using (var file = File.OpenHandle(path))
        {
            head = head[..RandomAccess.Read(file, head, 0)];
        }

        var isText = head.StartsWith("tree\n"u8) || head.StartsWith("tree\r\n"u8);
        if (!isText && !head.StartsWith("{"u8) && !head.StartsWith("binf"u8))
        {
            return null;
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new ModelLoadException($"a booster's file of more than {MostBytes} bytes cannot be read; save the estimator with joblib.dump");
        }

        return isText ? ReadText(File.ReadAllText(path)) : ReadXgboost(File.ReadAllBytes(path));
    }

    /// <summary>What a file of xgboost holds.</summary>
    /// <exception cref="ModelLoadException">It cannot be read.</exception>
    internal static PyInstance ReadXgboost(byte[] bytes)
    {
        try
        {
            // binf marks the binary format where a file holds it, and nowhere else.
            var payload = bytes.AsSpan().StartsWith("binf"u8) ? bytes[4..] : bytes;
            var booster = Instance("xgboost.core", "Booster", ("handle", payload));

            // Python's json writes the parameter "missing" as NaN, which JSON does not have.
            return BoosterPayload.Read(payload).Estimator is { } estimator
                ? Wrap(booster, JsonPayload.Read(Encoding.UTF8.GetBytes(estimator.Replace(": NaN", ": null", StringComparison.Ordinal))))
                : booster;
        }
        catch (PayloadException e)
        {
            throw new ModelLoadException($"it looks like a booster that xgboost's save_model wrote, and cannot be read: {e.Message}", e);
        }
    }

    // Since 2.0 an estimator leaves its kind only; before, its parameters and labels as well, and until 1.3 the name of its class for its kind.
    private static PyInstance Wrap(PyInstance booster, PayloadObject estimator)
    {
        var isClassifier = estimator.OptionalText("_estimator_type") == "classifier" || estimator.OptionalText("type") is "XGBClassifier" or "XGBRFClassifier";
        var wrapper = Instance("xgboost.sklearn", isClassifier ? "XGBClassifier" : "XGBModel", ("_Booster", booster));
        if (estimator.Values.GetValueOrDefault("missing") is double missing)
        {
            wrapper.Attributes.Entries.Add(new("missing", missing));
        }

        if (estimator.OptionalObject("_le") is { } labels)
        {
            var classes = new PyList();
            classes.Items.AddRange(labels.Items("classes_"));
            wrapper.Attributes.Entries.Add(new("_le", Instance("sklearn.preprocessing._label", "LabelEncoder", ("classes_", classes))));
        }

        return wrapper;
    }

    /// <summary>What a file of lightgbm holds.</summary>
    /// <exception cref="ModelLoadException">It cannot be read.</exception>
    internal static PyInstance ReadText(string text)
    {
        return Instance("lightgbm.basic", "Booster", ("_handle", text), ("pandas_categorical", ReadCategories(text)));
    }

    // The last line holds the categories of a data frame's columns as JSON.
    private static PyList? ReadCategories(string text)
    {
        var start = text.LastIndexOf(PandasCategorical, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text[(start + PandasCategorical.Length)..], new JsonDocumentOptions { MaxDepth = 8 });
            return Value(json.RootElement) as PyList;
        }
        catch (JsonException e)
        {
            throw new ModelLoadException($"the line '{PandasCategorical}' at the end of the model text is no JSON: {e.Message}", e);
        }
    }

    private static object? Value(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                var list = new PyList();
                list.Items.AddRange(json.EnumerateArray().Select(Value));
                return list;
            case JsonValueKind.String:
                return json.GetString();
            case JsonValueKind.Number:
                return json.TryGetInt64(out var integer) ? integer : json.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            default:
                return null;
        }
    }

    private static PyInstance Instance(string module, string name, params ReadOnlySpan<(string Key, object? Value)> attributes)
    {
        var instance = new PyInstance(new PyGlobal(module, name), []);
        foreach (var (key, value) in attributes)
        {
            instance.Attributes.Entries.Add(new(key, value));
        }

        return instance;
    }
}
