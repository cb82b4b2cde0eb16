namespace Skiff.Models;

/// <summary>An array that a call has given: a view on the call's <see cref="Scratch"/>.</summary>
public struct Result
{
    /// <summary>Which output of the signature it is.</summary>
    public ModelOutput Output { get; internal set; }

    /// <summary>Rows.</summary>
    public int Rows { get; internal set; }

    /// <summary>Cells a row, 1 for an output with one dimension.</summary>
    public int Columns { get; internal set; }

    /// <summary>The cells of a <see cref="OutputKind.Float64"/> output: a <see cref="DenseBlock"/>, or a <see cref="CsrBlock"/> where scikit-learn answers with a sparse matrix.</summary>
    public Block? Numbers { get; internal set; }

    /// <summary>The cells of an <see cref="OutputKind.Int64"/> output, or indices into its labels.</summary>
    public int[]? Codes { get; internal set; }
}

/// <summary>The answers of one call, in the order of the signature's outputs. Reused from call to call.</summary>
public sealed class Results
{
    private Result[] _items = new Result[4];

    /// <summary>How many arrays there are.</summary>
    public int Count { get; private set; }

    /// <summary>The array at <paramref name="index"/>.</summary>
    public ref readonly Result this[int index] => ref _items[index];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }

    /// <summary>Adds numbers.</summary>
    public void Add(ModelOutput output, Block numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        Append() = new Result { Output = output, Rows = numbers.Rows, Columns = numbers.Columns, Numbers = numbers };
    }

    /// <summary>Adds labels, as indices into the output's <see cref="ModelOutput.Labels"/>, or integers.</summary>
    /// <param name="output">The output.</param>
    /// <param name="codes">One a cell, row by row; the array may be longer.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Cells a row.</param>
    public void Add(ModelOutput output, int[] codes, int rows, int columns = 1) =>
        Append() = new Result { Output = output, Rows = rows, Columns = columns, Codes = codes };

    /// <summary>The array of an output's name.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    public ref readonly Result this[string name]
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (_items[i].Output.Name == name)
                {
                    return ref _items[i];
                }
            }

            throw new KeyNotFoundException($"No output '{name}' was asked for.");
        }
    }

    /// <summary>The array that a method has given, among those from <paramref name="first"/> on.</summary>
    /// <exception cref="KeyNotFoundException">The method was not asked for.</exception>
    public ref readonly Result Find(Methods method, int first = 0)
    {
        for (var i = first; i < Count; i++)
        {
            if (_items[i].Output.Method == method)
            {
                return ref _items[i];
            }
        }

        throw new KeyNotFoundException($"{MethodNames.Of(method)} was not asked for.");
    }

    /// <summary>Makes an array that of another output: the same codes under other labels.</summary>
    public void Relabel(int index, ModelOutput output) => _items[index].Output = output;

    /// <summary>Takes a method's array out again, among those from <paramref name="first"/> on.</summary>
    public void Remove(Methods method, int first = 0)
    {
        for (var i = first; i < Count; i++)
        {
            if (_items[i].Output.Method == method)
            {
                _items.AsSpan(i + 1, --Count - i).CopyTo(_items.AsSpan(i));
                _items[Count] = default;
                return;
            }
        }
    }

    private ref Result Append()
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        return ref _items[Count++];
    }
}
