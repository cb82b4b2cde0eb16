using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>FeatureHasher</c>: the values of each row's own names, summed by the hash of the name; it has nothing to fit.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_extraction/_hash.py</c>, <c>FeatureHasher.transform</c>, and <c>_hashing_fast.pyx</c>; the same since 0.22. A
/// text in place of a list of texts is refused, as of 1.2; before, its letters were the texts.
/// </remarks>
internal sealed class FeatureHasher : JsonRowTransformer
{
    private readonly int _features;
    private readonly bool _alternateSign;
    private readonly bool _isSingle;
    private readonly RowForm _form;

    private FeatureHasher(EstimatorNode node)
    {
        _features = node.CheckedInteger("n_features", 1, int.MaxValue);
        _alternateSign = node.Flag("alternate_sign");
        var dtype = node.Required("dtype");
        _isSingle = TypeName.IsSingle(dtype);
        if (!_isSingle && !TypeName.IsDouble(dtype))
        {
            throw node.Unexpected("dtype", "float64 or float32");
        }

        _form = node.Text("input_type") switch
        {
            "dict" => RowForm.Object,
            "pair" => RowForm.Pairs,
            "string" => RowForm.Texts,
            var other => throw node.Error($"'input_type' is '{other}'; dict, pair and string can be served"),
        };
    }

    private enum RowForm
    {
        Object,
        Pairs,
        Texts,
    }

    protected override bool TakesObjects => _form == RowForm.Object;

    public static Estimator Read(EstimatorNode node) => new FeatureHasher(node);

    public override BlockKind Produces(BlockKind input) => BlockKind.Csr;

    public override int Width(int inputWidth) => _features;

    protected override void Begin(Block y) => y.IsSingle = _isSingle;

    protected override void AddRow(ReadOnlySpan<byte> json, JsonRowState state, Block y)
    {
        state.Hashed.Begin(_features, _alternateSign);
        if (_form == RowForm.Object)
        {
            AddMembers(json, state);
        }
        else
        {
            AddItems(json, state);
        }

        state.Hashed.Write((CsrBlock)y);
    }

    private static void AddMembers(ReadOnlySpan<byte> json, JsonRowState state)
    {
        var members = state.Members;
        members.Read(json, state.Unescaped);
        for (var i = 0; i < members.Count; i++)
        {
            AddValue(members.Name(i), json, members.Value(i), state);
        }
    }

    private void AddItems(ReadOnlySpan<byte> json, JsonRowState state)
    {
        var scanner = new JsonScanner(json);
        var more = scanner.Enter((byte)']');
        while (more)
        {
            scanner.ReadValue(out var item);
            scanner.ReadSeparator((byte)']', out more);
            if (_form == RowForm.Pairs)
            {
                AddPair(item.Of(json), item.Kind, state);
            }
            else if (item.Kind == JsonKind.Text)
            {
                Add(JsonText.Content(item.Of(json), state.Unescaped), 1, state);
            }
            else
            {
                throw state.Refuse($"{JsonRowState.Word(item.Kind)} was given where FeatureHasher takes a list of texts");
            }
        }
    }

    private static void AddPair(ReadOnlySpan<byte> json, JsonKind kind, JsonRowState state)
    {
        const string Wanted = "FeatureHasher takes a list of pairs, [name, value]";
        if (kind != JsonKind.Array)
        {
            throw state.Refuse($"{JsonRowState.Word(kind)} was given where {Wanted}");
        }

        var scanner = new JsonScanner(json);
        var more = scanner.Enter((byte)']');
        JsonSpan name = default;
        JsonSpan value = default;
        var count = 0;
        for (; more; count++)
        {
            scanner.ReadValue(out var part);
            scanner.ReadSeparator((byte)']', out more);
            (name, value) = count == 0 ? (part, value) : (name, part);
        }

        if (count != 2)
        {
            throw state.Refuse($"a list of {count} was given where {Wanted}");
        }

        if (name.Kind != JsonKind.Text)
        {
            throw state.Refuse($"{JsonRowState.Word(name.Kind)} was given where a name should be; send it as a text");
        }

        // Apart from the value's text, whose escapes may need the same buffer.
        state.Joined.Clear();
        state.Joined.Append(JsonText.Content(name.Of(json), state.Unescaped));
        AddValue(state.Joined.Written, json, value, state);
    }

    private static void AddValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, JsonSpan value, JsonRowState state)
    {
        var text = value.Of(json);
        switch (value.Kind)
        {
            case JsonKind.Number:
                Add(name, Number(name, text, state), state);
                break;
            case JsonKind.Boolean:
                Add(name, text[0] == 't' ? 1 : 0, state);
                break;
            case JsonKind.Text:
                Add(Join(name, JsonText.Content(text, state.Unescaped), state.Joined), 1, state);
                break;
            default:
                throw state.Refuse($"{JsonRowState.Word(value.Kind)} was given for {Quoted.Text(name)}; a number, a boolean or a text can be");
        }
    }

    // Python refuses an integer that no float is near to; a number with a fraction or an exponent becomes an infinity.
    private static double Number(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, JsonRowState state)
    {
        var number = JsonNumber.Parse(text);
        return double.IsInfinity(number) && JsonNumber.IsInteger(text)
            ? throw state.Refuse($"the integer given for {Quoted.Text(name)} is too large for a float")
            : number;
    }

    private static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, ByteBuffer joined)
    {
        // A pair's name is there already.
        if (!joined.Written.Overlaps(name))
        {
            joined.Clear();
            joined.Append(name);
        }

        joined.Append((byte)'=');
        joined.Append(text);
        return joined.Written;
    }

    private static void Add(ReadOnlySpan<byte> name, double value, JsonRowState state)
    {
        if (value == 0)
        {
            return;
        }

        if (!System.Text.Unicode.Utf8.IsValid(name))
        {
            throw state.Refuse($"{Quoted.Text(name)} has half a surrogate pair, which no hash is defined for");
        }

        state.Hashed.Add(name, value);
    }
}
