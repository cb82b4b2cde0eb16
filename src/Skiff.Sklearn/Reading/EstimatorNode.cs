using System.Numerics;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// The attributes of one estimator in the file, with typed getters. Every getter checks what it hands out and says where it stands:
/// <c>steps[1].clf (LogisticRegression): 'coef_' is an array of float64 (2, 3) …</c>.
/// </summary>
internal sealed class EstimatorNode
{
    // What a hashing vectorizer at its widest gives; a number in a file costs nothing, what is made for as many columns does.
    private const int MostFeatures = 1 << 24;

    // Names of steps are the file's, and every level would repeat all those above it.
    private const int LongestPath = 1_000;

    // 32 MiB, whatever a sparse matrix holds; a model of text under an L1 penalty has some hundred cells for every value.
    private const int MostFreeCells = 1 << 22;
    private const int MostCellsPerValue = 1 << 14;

    private readonly PyInstance _instance;

    // What was counted already: asking twice keeps nothing twice.
    private readonly HashSet<object> _kept = new(ReferenceEqualityComparer.Instance);

    public EstimatorNode(ReadContext context, PyInstance instance, string className, string path)
    {
        Context = context;
        _instance = instance;
        ClassName = className;
        Path = path;
        context.CountRead(instance, path);
        Version = ReadVersion();
    }

    /// <summary>What the reading shares.</summary>
    public ReadContext Context { get; }

    /// <summary>The estimator's name in scikit-learn's public API.</summary>
    public string ClassName { get; }

    /// <summary>Where it stands in the model; empty for the outermost.</summary>
    public string Path { get; }

    /// <summary>The release that wrote it.</summary>
    public SklearnVersion Version { get; }

    /// <summary><c>n_features_in_</c>, or -1 (releases before 0.24 do not have it everywhere).</summary>
    public int FeatureCount => Has("n_features_in_") ? CheckedInteger("n_features_in_", 0, MostFeatures) : -1;

    /// <summary><c>feature_names_in_</c> (from 1.0 on, where the estimator was fitted on a data frame), or null.</summary>
    public IReadOnlyList<string>? FeatureNames => Has("feature_names_in_") ? Texts("feature_names_in_") : null;

    /// <summary>Whether the attribute is there, even as None.</summary>
    public bool Has(string name) => _instance.Attributes.TryGetValue(name, out _);

    /// <summary>The attribute as the file holds it; null where it is None or missing.</summary>
    public object? Optional(string name) => TryGet(name, out var value) ? value : null;

    /// <summary>The attribute as the file holds it.</summary>
    /// <exception cref="ModelLoadException">It is missing.</exception>
    public object? Required(string name)
    {
        if (TryGet(name, out var value))
        {
            Context.CountUse(value);
            return value;
        }

        throw Error(name.EndsWith('_')
            ? $"'{name}' is missing: the estimator is not fitted; call fit before saving it"
            : $"'{name}' is missing");
    }

    /// <summary>A text, <paramref name="missing"/> where the attribute is missing.</summary>
    public string Text(string name, string? missing = null)
    {
        if (missing is not null && !Has(name))
        {
            return missing;
        }

        return Required(name) as string ?? throw Unexpected(name, "a text");
    }

    /// <summary>A text, or null where the attribute is None or missing.</summary>
    public string? OptionalText(string name) => Optional(name) is null ? null : Text(name);

    /// <summary>A boolean, <paramref name="missing"/> where the attribute is missing.</summary>
    public bool Flag(string name, bool? missing = null)
    {
        if (missing is { } value && !Has(name))
        {
            return value;
        }

        return Required(name) switch
        {
            bool flag => flag,
            long number => number != 0,
            int number => number != 0,
            _ => throw Unexpected(name, "a boolean"),
        };
    }

    /// <summary>A number, <paramref name="missing"/> where the attribute is missing.</summary>
    public double Number(string name, double? missing = null)
    {
        if (missing is { } value && !Has(name))
        {
            return value;
        }

        return AsNumber(Required(name)) ?? throw Unexpected(name, "a number");
    }

    /// <summary>A 32-bit integer within bounds.</summary>
    public int CheckedInteger(string name, int lowest, int highest)
    {
        var value = AsInteger(Required(name)) ?? throw Unexpected(name, "an integer");
        return value >= lowest && value <= highest ? (int)value : throw Error($"'{name}' is {value}; {lowest} to {highest} is possible");
    }

    /// <summary>The pair of integers of a tuple such as <c>ngram_range</c>.</summary>
    public (int First, int Second) IntegerPair(string name)
    {
        var items = Items(Required(name));
        if (items is not { Count: 2 } || AsInteger(items[0]) is not { } first || AsInteger(items[1]) is not { } second
            || first is < 0 or > int.MaxValue || second is < 0 or > int.MaxValue)
        {
            throw Unexpected(name, "a pair of integers");
        }

        return ((int)first, (int)second);
    }

    /// <summary>An array of any shape.</summary>
    public NdArray Array(string name) => Required(name) as NdArray ?? throw Unexpected(name, "an array");

    /// <summary>Numbers in one dimension; a scalar counts as one.</summary>
    public double[] Vector(string name, int length = -1)
    {
        var value = Required(name);
        var vector = value is NdArray { IsNumeric: true, Rank: <= 1 } array ? array.ToDoubles()
            : AsNumber(value) is { } number ? [number]
            : throw Unexpected(name, "numbers in one dimension");
        return length < 0 || vector.Length == length ? vector : throw Unexpected(name, $"{length} numbers");
    }

    /// <summary>Numbers in two dimensions.</summary>
    public Matrix Matrix(string name, int rows = -1, int columns = -1)
    {
        var matrix = Required(name) switch
        {
            NdArray { IsNumeric: true, Rank: 2 } array => new Matrix(array.Shape[0], array.Shape[1], array.ToDoubles(), array.Type.Kind == DTypeKind.Float32),
            PyInstance sparse when ScipySparse.TryReadCsr(sparse, out var csr, out _) => Dense(csr, name),
            _ => throw Unexpected(name, "numbers in two dimensions"),
        };
        if ((rows >= 0 && matrix.Rows != rows) || (columns >= 0 && matrix.Columns != columns))
        {
            throw Error($"'{name}' has the shape ({matrix.Rows}, {matrix.Columns}); expected ({(rows < 0 ? "any" : rows)}, {(columns < 0 ? "any" : columns)})");
        }

        return matrix;
    }

    /// <summary>Texts in one dimension.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var items = Items(Required(name)) ?? throw Unexpected(name, "a list of texts");
        return [.. items.Select(item => item as string ?? throw Unexpected(name, "a list of texts"))];
    }

    /// <summary>The items of a list, tuple or one-dimensional array.</summary>
    public IReadOnlyList<object?> List(string name) => Items(Required(name)) ?? throw Unexpected(name, "a list");

    /// <summary>The labels of a classifier.</summary>
    public LabelSet Labels(string name) => LabelReader.Read(Required(name)) is { Count: > 0 } labels
        ? labels
        : throw Unexpected(name, "labels: texts, integers, numbers or booleans of one type, at least one");

    /// <summary>Reads the estimator that an attribute holds.</summary>
    public Estimator Child(string name) => Context.ReadEstimator(Required(name), Join(name));

    /// <summary>The function that an attribute names; null where the attribute is None, or no function was found (which is noted).</summary>
    public NamedFunction? Function(string name, PyDict? keywords = null) =>
        Optional(name) is { } value ? Context.ReadFunction(value, keywords, Join(name)) : null;

    /// <summary>The place of something inside this estimator.</summary>
    public string Join(string name) => Path.Length == 0 ? name
        : Path.Length <= LongestPath ? $"{Path}.{name}"
        : Path.EndsWith('…') ? Path : $"{Path}.…";

    /// <summary>An error at this estimator.</summary>
    public ModelLoadException Error(string what) => new(Path.Length == 0 ? $"{ClassName}: {what}" : $"{Path} ({ClassName}): {what}");

    /// <summary>An error about what an attribute holds.</summary>
    public ModelLoadException Unexpected(string name, string expected) => Error($"'{name}' is {Describe.Value(Optional(name))}; expected {expected}");

    internal static double? AsNumber(object? value) => value switch
    {
        double number => number,
        float number => number,
        Half number => (double)number,
        bool flag => flag ? 1 : 0,
        NdArray { Size: 1, IsNumeric: true } array => array.ToDoubles()[0],
        _ => AsInteger(value),
    };

    internal static long? AsInteger(object? value) => value switch
    {
        long number => number,
        int number => number,
        short number => number,
        sbyte number => number,
        byte number => number,
        ushort number => number,
        uint number => number,
        ulong number when number <= long.MaxValue => (long)number,
        BigInteger number when number >= long.MinValue && number <= long.MaxValue => (long)number,
        _ => null,
    };

    internal static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        PyList list => list.Items,
        PyTuple tuple => tuple.Items,
        NdArray { Rank: 1 } array => [.. array.Data.Cast<object?>()],
        _ => null,
    };

    // The one way to what the file holds: what is asked for is what the model keeps.
    private bool TryGet(string name, out object? value)
    {
        if (!_instance.Attributes.TryGetValue(name, out value))
        {
            return false;
        }

        Context.Footprint.Add(value, _kept);
        return true;
    }

    private static Matrix Dense(Csr csr, string name)
    {
        // Its shape is two numbers in the file; what they claim is believed as far as the values that are there bear it out.
        var cells = (long)csr.Rows * csr.Columns;
        if (cells > int.MaxValue / sizeof(double) || (cells > MostFreeCells && cells / MostCellsPerValue > csr.Values.Length))
        {
            throw new ModelLoadException($"'{name}' is a sparse matrix of ({csr.Rows}, {csr.Columns}), which is too large");
        }

        var values = new double[csr.Rows * csr.Columns];
        for (var row = 0; row < csr.Rows; row++)
        {
            for (var i = csr.RowStarts[row]; i < csr.RowStarts[row + 1]; i++)
            {
                values[(row * csr.Columns) + csr.ColumnIndices[i]] += csr.Values[i];
            }
        }

        return new Matrix(csr.Rows, csr.Columns, values, false);
    }

    // Only scikit-learn's own classes say their release: one of another package around them goes by those inside it.
    private SklearnVersion? VersionInside()
    {
        foreach (var instance in ObjectGraph.Instances(_instance))
        {
            if (instance.Attributes.TryGetValue("_sklearn_version", out var value) && value is string text && SklearnVersion.TryParse(text, out var version))
            {
                Context.Producer ??= $"scikit-learn {text}";
                return version;
            }
        }

        return null;
    }

    private SklearnVersion ReadVersion()
    {
        if (Optional("_sklearn_version") is not string text)
        {
            return Context.Version ?? VersionInside() ?? SklearnVersion.Newest;
        }

        Context.Producer ??= $"scikit-learn {text}";

        if (!SklearnVersion.TryParse(text, out var version))
        {
            throw Error($"'{text}' is not a version of scikit-learn");
        }

        if (version < SklearnVersion.Oldest)
        {
            throw Error($"written by scikit-learn {text}; releases from {SklearnVersion.Oldest} to {SklearnVersion.Newest} are read. Load it there and save it with a later one");
        }

        return version <= SklearnVersion.Newest
            ? version
            : throw Error($"written by scikit-learn {text}, which is newer than this server; releases from {SklearnVersion.Oldest} to {SklearnVersion.Newest} are read");
    }
}
