using System.Text.Unicode;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// <c>HashingEncoder</c> of <c>category_encoders</c>: how many of a row's texts have a digest that leaves 0, 1, 2, ... when divided by the number of columns; the
/// columns that are not hashed follow.
/// </summary>
/// <remarks>
/// category_encoders 2.9, <c>category_encoders/hashing.py</c>, <c>HashingEncoder.hash_chunk</c>; the same since 2.2. What is hashed is the <c>str</c> of a value: of a
/// missing one, which pandas has as NaN, <c>nan</c>. A number is refused: the file does not say whether its column was one of integers, and <c>3</c> and <c>3.0</c>
/// are other texts.
/// </remarks>
internal sealed class HashingEncoder : Transformer
{
    private const int MostComponents = 1 << 20;

    // Of a digest a column, for Scratch.Step.
    private const int WorkPerColumn = 512;

    private readonly TextDigest _digest;
    private readonly int _components;
    private readonly int[] _places;
    private readonly int _kept;
    private readonly bool[] _isHashed;
    private readonly int[] _hashed;
    private readonly int[] _others;

    private HashingEncoder(EstimatorNode node)
    {
        FeatureCount = node.Has("_dim") && node.Optional("_dim") is not null ? node.CheckedInteger("_dim", 0, CategoryEncoderReader.MostColumns)
            : throw node.Error("'_dim' is missing: the estimator is not fitted; call fit before saving it");
        object[] encoded = [.. CategoryEncoderReader.Encoded(node)];
        var names = InputNames(node, encoded);
        var places = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        _hashed = [.. encoded.Select(name => places.TryGetValue(name, out var place) ? place : throw node.Error($"the column '{name}' is none of those that it was fitted on"))];
        _isHashed = new bool[FeatureCount];
        foreach (var place in _hashed)
        {
            _isHashed[place] = true;
        }

        _others = [.. Enumerable.Range(0, FeatureCount).Where(column => !_isHashed[column])];
        FeatureNames = names.Length > 0 && Array.TrueForAll(names, name => name is string) ? [.. names.Cast<string>()] : null;
        _digest = new TextDigest(node.Text("hash_method", "md5"), node);

        // Without a column to hash it gives what it is given.
        _components = _hashed.Length == 0 ? 0 : node.CheckedInteger("n_components", 1, MostComponents);
        var dropped = CategoryEncoderReader.Dropped(node);
        _places = new int[_components];
        for (var i = 0; i < _places.Length; i++)
        {
            _places[i] = dropped.Contains($"col_{i}") ? -1 : _kept++;
        }
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new HashingEncoder(node);

    public override ColumnNeed Need(int column) => (uint)column < (uint)_isHashed.Length && _isHashed[column] ? ColumnNeed.Text : ColumnNeed.Any;

    public override void CheckInput(BlockKind kind)
    {
        if (_hashed.Length > 0 && kind is BlockKind.Dense or BlockKind.Csr)
        {
            throw new ModelLoadException("HashingEncoder hashes texts and is fed with numbers; hash the columns before they become numbers");
        }

        base.CheckInput(kind);
    }

    public override int OutputColumn(int column) => Array.IndexOf(_others, column) is >= 0 and var place ? _kept + place : -1;

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override BlockKind Produces(Block x)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(HashingEncoder));
        return x is FrameBlock frame && Columns.HasText(frame, _others) ? BlockKind.Frame : BlockKind.Dense;
    }

    public override int Width(int inputWidth) => _kept + _others.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(HashingEncoder));
        var numbers = y as DenseBlock ?? scratch.Dense(x.Rows, _kept);
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step((long)x.Columns * WorkPerColumn);
            Count(x, row, numbers.Row(row)[.._kept]);
        }

        if (y is FrameBlock frame)
        {
            for (var i = 0; i < _kept; i++)
            {
                frame.Add(numbers.Column(i));
            }

            foreach (var column in _others)
            {
                frame.Add(x.Column(column));
            }

            return;
        }

        for (var i = 0; i < _others.Length; i++)
        {
            var column = x.Column(_others[i]);
            for (var row = 0; row < x.Rows; row++)
            {
                numbers.Row(row)[_kept + i] = column.Number(row);
            }
        }
    }

    private static object[] InputNames(EstimatorNode node, object[] encoded)
    {
        var count = node.CheckedInteger("_dim", 0, CategoryEncoderReader.MostColumns);
        var names = node.Optional("feature_names_in_") is not null ? node.List("feature_names_in_")
            : encoded.Length == count ? encoded
            : PandasTable.ColumnsOf(node.Optional("X")) ?? [];
        return names.Count == count && names.All(name => name is not null) && names.Distinct().Count() == count
            ? [.. names.Cast<object>()]
            : throw node.Error($"the file names {names.Count} columns of the {count} it was fitted on; category_encoders 2.6 and later keep their names");
    }

    private void Count(Block x, int row, Span<double> counts)
    {
        counts.Clear();
        foreach (var place in _hashed)
        {
            var column = x.Column(place);
            if (column.Kind != ColumnKind.Text)
            {
                throw InputException.AtCell(row, place, "a number was given where HashingEncoder takes text; send what str makes of it");
            }

            var text = column.Texts.IsMissing(row) ? "nan"u8 : column.Texts.Text(row);
            if (!Utf8.IsValid(text))
            {
                throw InputException.AtCell(row, place, $"{Quoted.Text(text)} holds half of a surrogate pair, which has no bytes to hash");
            }

            if (_places[_digest.Remainder(text, _components)] is >= 0 and var target)
            {
                counts[target]++;
            }
        }
    }
}
