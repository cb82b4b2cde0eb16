using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads the encoders of <c>category_encoders</c>: each becomes a table of what every category stands for.</summary>
/// <remarks>
/// category_encoders 2.9, one file a class. Before 2.6 (<c>feature_names_in_</c> comes with it) the file has no names of the input's columns, only those
/// of the answer's, from which the input's follow.
/// </remarks>
internal static class CategoryEncoderReader
{
    private const string Intercept = "intercept";

    // A category that is none of those of the training data, and a missing value, where an inner OrdinalEncoder gives them codes of their own.
    internal const double UnknownCode = -1;
    private const double MissingCode = -2;

    internal const int MostColumns = 1 << 20;

    /// <summary>Reads an <c>OrdinalEncoder</c>.</summary>
    public static Estimator ReadOrdinal(EstimatorNode node) =>
        Build(node, [.. OrdinalCodes.ReadAll(node).Select(codes => FromCodes(node, codes, [codes.Name], code => [code]))]);

    /// <summary>Reads a <c>OneHotEncoder</c>, <c>BaseNEncoder</c>, <c>BinaryEncoder</c>, <c>GrayEncoder</c> or one of contrasts: a frame of numbers by code.</summary>
    public static Estimator ReadFrames(EstimatorNode node)
    {
        var frames = Frames(node);
        return Build(node, [.. Inner(node).Select(codes => frames.TryGetValue(codes.Name, out var frame) ? FromFrame(node, codes, frame) : FromCodes(node, codes, [codes.Name], code => [code]))]);
    }

    /// <summary>Reads a <c>BinaryEncoder</c>, which before 2.3 keeps a <c>BaseNEncoder</c> that does it all.</summary>
    public static Estimator ReadBinary(EstimatorNode node)
    {
        if (!node.Has("base_n_encoder"))
        {
            return ReadFrames(node);
        }

        return Dropped(node).Count == 0 ? node.Child("base_n_encoder") : throw node.Error("'drop_invariant' is read of category_encoders 2.3 and later");
    }

    /// <summary>Reads a <c>TargetEncoder</c>, <c>MEstimateEncoder</c>, <c>JamesSteinEncoder</c>, <c>WOEEncoder</c>, <c>GLMMEncoder</c> or <c>QuantileEncoder</c>: a number by code.</summary>
    public static Estimator ReadSeries(EstimatorNode node)
    {
        var mapping = Dict(node, "mapping");
        return Build(node, [.. Inner(node).Select(codes =>
        {
            var numbers = ByCode(node, PandasTable.Read(node, Entry(node, mapping, codes.Name), $"mapping[{codes.Name}]"));
            return FromCodes(node, codes, [codes.Name], code => numbers.TryGetValue(code, out var row) ? row : [double.NaN]);
        })]);
    }

    /// <summary>Reads a <c>LeaveOneOutEncoder</c>: the mean of a category's targets, where it has more than one.</summary>
    public static Estimator ReadLeaveOneOut(EstimatorNode node) => ReadMeans(node, (sum, count, _) => sum / count);

    /// <summary>Reads a <c>CatBoostEncoder</c>; in 2.2 the mean of all counts once, whatever <c>a</c> is, and a file of that time does not tell it from 2.4.</summary>
    public static Estimator ReadCatBoost(EstimatorNode node)
    {
        var weight = node.Number("a", 1);
        return weight == 1 || node.Has("invariant_cols")
            ? ReadMeans(node, (sum, count, mean) => (sum + (mean * weight)) / (count + weight))
            : throw node.Error("'a' is not 1, and what it means changed before category_encoders 2.5; fit it with a later release");
    }

    /// <summary>Reads a <c>CountEncoder</c>.</summary>
    public static Estimator ReadCount(EstimatorNode node)
    {
        var mapping = Dict(node, "mapping");
        var groups = Dict(node, "_min_group_categories");
        var unknowns = Dict(node, "_handle_unknown");
        var missings = Dict(node, "_handle_missing");
        var refusesMissing = node.Has("feature_names_out_") && node.Optional("handle_missing") is "error";
        return Build(node, [.. Encoded(node).Select(name =>
        {
            var counts = PandasTable.Read(node, Entry(node, mapping, name), $"mapping[{name}]");
            var group = groups.GetValueOrDefault(name) as PyDict;
            var other = Entry(node, unknowns, name) switch
            {
                "value" when Entry(node, missings, name) is not "return_nan" => [0.0],
                "error" => null,
                var value when value is not bool && EstimatorNode.AsInteger(value) is { } number => [(double)number],
                _ => (double[]?)[double.NaN],
            };
            var (labels, rows) = Counts(counts, group, other);
            var column = EncodedColumn.Build(node, name, [name], labels, rows, other, other);
            return refusesMissing ? column with { Missing = null } : column;
        })]);
    }

    private static (object?[] Labels, double[]?[] Rows) Counts(PandasTable counts, PyDict? group, double[]? other)
    {
        var labels = counts.Index.ToList();
        var rows = counts.Values.Select(row => double.IsNaN(row[0]) ? other : [row[0]]).ToList();
        foreach (var (label, target) in group?.Entries ?? [])
        {
            var place = Array.FindIndex(counts.Index, known => Equals(known, target));
            labels.Insert(0, label);
            rows.Insert(0, place >= 0 ? [counts.Values[place][0]] : other);
        }

        return ([.. labels], [.. rows]);
    }

    private static CategoryEncoder ReadMeans(EstimatorNode node, Func<double, double, double, double> meanOf)
    {
        var mean = node.Number("_mean");
        var mapping = Dict(node, "mapping");
        double[]? unknown = node.Text("handle_unknown") switch
        {
            "value" => [mean],
            "error" => null,
            _ => [double.NaN],
        };
        var handling = node.Text("handle_missing");
        return Build(node, [.. Encoded(node).Select(name =>
        {
            var table = PandasTable.Read(node, Entry(node, mapping, name), $"mapping[{name}]");
            var sum = Array.FindIndex(table.Columns, column => column is "sum");
            var count = Array.FindIndex(table.Columns, column => column is "count");
            if (sum < 0 || count < 0)
            {
                throw node.Error($"'mapping[{name}]' has no columns sum and count");
            }

            var rows = table.Values.Select(row => (double[]?)[row[count] > 1 ? meanOf(row[sum], row[count], mean) : mean]).ToArray();
            var column = EncodedColumn.Build(node, name, [name], table.Index, rows, handling == "value" ? [mean] : [double.NaN], unknown);
            return handling switch
            {
                "error" => column with { Missing = null },
                "return_nan" => column with { Missing = [double.NaN] },
                _ => column,
            };
        })]);
    }

    internal static OrdinalCodes[] Inner(EstimatorNode node) => node.Required("ordinal_encoder") is PyInstance encoder
        ? OrdinalCodes.ReadAll(new EstimatorNode(node.Context, encoder, "OrdinalEncoder", node.Join("ordinal_encoder")))
        : throw node.Unexpected("ordinal_encoder", "an OrdinalEncoder");

    /// <summary>The frame of every column in <c>mapping</c>.</summary>
    internal static Dictionary<object, PandasTable> Frames(EstimatorNode node)
    {
        var frames = new Dictionary<object, PandasTable>();
        var items = node.List("mapping");
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not PyDict entry || !entry.TryGetValue("col", out var name) || name is null || !entry.TryGetValue("mapping", out var mapping))
            {
                throw node.Error($"'mapping[{i}]' is {Describe.Value(items[i])}; expected the mapping of a column");
            }

            frames.TryAdd(name, PandasTable.Read(node, mapping, $"mapping[{i}]"));
        }

        return frames;
    }

    internal static object[] NamesOf(EstimatorNode node, OrdinalCodes codes, PandasTable frame) =>
        [.. frame.Columns.Select(name => name ?? throw node.Error($"the columns of '{codes.Name}' have no names"))];

    private static EncodedColumn FromFrame(EstimatorNode node, OrdinalCodes codes, PandasTable frame)
    {
        var rows = ByCode(node, frame);
        var names = NamesOf(node, codes, frame);
        var none = Enumerable.Repeat(double.NaN, names.Length).ToArray();

        // One that OneHotEncoder has no code for is looked up as missing.
        return FromCodes(node, codes, names, code => rows.TryGetValue(double.IsNaN(code) ? MissingCode : code, out var row) ? row : none);
    }

    private static EncodedColumn FromCodes(EstimatorNode node, OrdinalCodes codes, object[] names, Func<double, double[]> rowOf)
    {
        var refusesUnknown = codes.Unknown is null || (names is not [var one] || !Equals(one, codes.Name) || node.Has("ordinal_encoder")) && node.Text("handle_unknown") == "error";
        double[]? Refusable(double? code) => code is not { } number || (refusesUnknown && number == UnknownCode) ? null : rowOf(number);
        var rows = Array.ConvertAll(codes.Codes, code => Refusable(code));
        var column = EncodedColumn.Build(node, codes.Name, names, codes.Labels, rows, Refusable(codes.Missing), Refusable(codes.Unknown));
        return node.Text("handle_missing") == "error" ? column with { Missing = null } : column;
    }

    internal static Dictionary<double, double[]> ByCode(EstimatorNode node, PandasTable table)
    {
        var rows = new Dictionary<double, double[]>(ScatteredDoubles.Instance);
        for (var i = 0; i < table.Index.Length; i++)
        {
            rows.TryAdd(EstimatorNode.AsNumber(table.Index[i]) ?? throw node.Error($"'mapping' has the code {Describe.Value(table.Index[i])}"), table.Values[i]);
        }

        return rows;
    }

    // The columns that are encoded, each once: a file may name one as often as it likes, and each costs a table.
    internal static IEnumerable<object> Encoded(EstimatorNode node)
    {
        var names = new HashSet<object>();
        foreach (var name in node.List("cols"))
        {
            yield return name is not null && names.Add(name) ? name : throw node.Error($"'cols' names {Describe.Value(name)}, or names it twice");
        }
    }

    private static Dictionary<object, object?> Dict(EstimatorNode node, string name)
    {
        var entries = new Dictionary<object, object?>();
        foreach (var (key, value) in (node.Required(name) as PyDict ?? throw node.Unexpected(name, "a dict by column")).Entries)
        {
            if (key is not null)
            {
                entries[key] = value;
            }
        }

        return entries;
    }

    private static object? Entry(EstimatorNode node, Dictionary<object, object?> dict, object name) =>
        dict.TryGetValue(name, out var value) ? value : throw node.Error($"there is nothing kept for the column {Describe.Value(name)}");

    // Where the columns stand in the answer, by their names before and after.
    internal static CategoryEncoder Build(EstimatorNode node, EncodedColumn[] encoded)
    {
        var count = node.Has("_dim") && node.Optional("_dim") is not null ? node.CheckedInteger("_dim", 0, MostColumns)
            : throw node.Error("'_dim' is missing: the estimator is not fitted; call fit before saving it");
        var after = node.Optional("feature_names_out_") ?? node.Optional("feature_names");
        var names = after is null ? null : EstimatorNode.Items(after);
        var dropped = Dropped(node);
        var before = InputNames(node, encoded, names, dropped, count);
        var parts = new List<CategoryEncoder.Part>();
        var byName = new Dictionary<object, EncodedColumn>();
        foreach (var column in encoded)
        {
            if (!byName.TryAdd(column.Name, column))
            {
                throw node.Error($"the column '{column.Name}' is encoded twice");
            }
        }

        if (names is [Intercept, ..] && !before.Contains(Intercept))
        {
            parts.Add(new CategoryEncoder.Part(-1, null, [0]));
        }

        var known = before.ToHashSet();
        for (var i = 0; i < before.Count; i++)
        {
            var column = byName.GetValueOrDefault(before[i]!);
            var kept = column is null ? [0] : Enumerable.Range(0, column.Names.Length).Where(k => !dropped.Contains(column.Names[k])).ToArray();
            parts.Add(new CategoryEncoder.Part(i, column, kept));
        }

        if (Array.Find(encoded, column => !known.Contains(column.Name)) is { } lost)
        {
            throw node.Error($"the column '{lost.Name}' is none of those that it was fitted on");
        }

        return new CategoryEncoder(node.ClassName, [.. parts], count, before.All(name => name is string) && before.Count > 0 ? [.. before.Cast<string>()] : null);
    }

    internal static HashSet<object> Dropped(EstimatorNode node)
    {
        var name = node.Has("invariant_cols") ? "invariant_cols" : "drop_cols";
        return node.Flag("drop_invariant", false) && node.Optional(name) is not null ? [.. node.List(name).OfType<object>()] : [];
    }

    private static IReadOnlyList<object?> InputNames(EstimatorNode node, EncodedColumn[] encoded, IReadOnlyList<object?>? after, HashSet<object> dropped, int count)
    {
        IReadOnlyList<object?> names;
        if (node.Optional("feature_names_in_") is not null)
        {
            names = node.List("feature_names_in_");
        }
        else if (encoded.All(column => EstimatorNode.AsInteger(column.Name) is not null))
        {
            // An array's columns are called by their places.
            names = [.. Enumerable.Range(0, count).Select(place => (object?)(long)place)];
        }
        else
        {
            names = after is not null && dropped.Count == 0 ? Undo(encoded, after) : [.. encoded.Select(column => column.Name)];
        }

        return names.Count == count && names.All(name => name is not null) && names.Distinct().Count() == count
            ? names
            : throw node.Error($"the file names {names.Count} columns of the {count} it was fitted on; category_encoders 2.6 and later keep their names");
    }

    private static List<object?> Undo(EncodedColumn[] encoded, IReadOnlyList<object?> after)
    {
        var names = after.ToList();
        if (names is [Intercept, ..])
        {
            names.RemoveAt(0);
        }

        foreach (var column in encoded)
        {
            var place = column.Names.Length == 0 ? -1 : names.IndexOf(column.Names[0]);
            if (place >= 0 && place + column.Names.Length <= names.Count)
            {
                names.RemoveRange(place, column.Names.Length);
                names.Insert(place, column.Name);
            }
        }

        return names;
    }
}
