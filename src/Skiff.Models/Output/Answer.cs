namespace Skiff.Models;

/// <summary>An array that a model has answered with: a row for each row that was asked about. A view on the <see cref="Answers"/> that it is one of.</summary>
public readonly ref struct Answer
{
    private readonly Result _result;

    internal Answer(in Result result) => _result = result;

    /// <summary>Which output of the signature it is.</summary>
    public ModelOutput Output => _result.Output;

    /// <summary>How many rows it has.</summary>
    public int Rows => _result.Rows;

    /// <summary>Cells a row; 1 where the output has one dimension.</summary>
    public int Columns => _result.Columns;

    /// <summary>Whether the numbers are held sparse: <see cref="CopyRow"/> reads them, <see cref="Row"/> does not.</summary>
    public bool IsSparse => _result.Numbers is CsrBlock;

    /// <summary>The numbers of a row, without a copy: probabilities, scores, transformed values.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="InvalidOperationException">The cells are labels or integers, or held sparse.</exception>
    public ReadOnlySpan<double> Row(int row) => _result.Numbers switch
    {
        DenseBlock dense => dense.Row(Checked(row)),
        CsrBlock => throw new InvalidOperationException($"{Output.Name} is sparse; CopyRow gives a row of it."),
        _ => throw new InvalidOperationException($"{Output.Name} has no numbers with a fraction; Text, Integer or Value gives a cell of it."),
    };

    /// <summary>Copies the numbers of a row, dense or sparse.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="destination">At least <see cref="Columns"/> long.</param>
    /// <exception cref="InvalidOperationException">The cells are labels.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyRow(int row, Span<double> destination)
    {
        if (destination.Length < Columns)
        {
            throw new ArgumentException($"A row has {Columns} cells.", nameof(destination));
        }

        if (_result.Numbers is CsrBlock sparse)
        {
            destination[..Columns].Clear();
            var columns = sparse.Indices(Checked(row));
            var values = sparse.Values(row);
            for (var i = 0; i < columns.Length; i++)
            {
                destination[columns[i]] = values[i];
            }

            return;
        }

        for (var column = 0; column < Columns; column++)
        {
            destination[column] = Number(row, column);
        }
    }

    /// <summary>A cell as a number: a number, an integer, or a label that is one.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="InvalidOperationException">It is a text or a boolean.</exception>
    public double Number(int row, int column = 0) => _result.Numbers switch
    {
        DenseBlock dense => dense.Row(Checked(row))[column],
        CsrBlock sparse => Number(sparse, Checked(row), column),
        _ when Output.Labels is null => Code(row, column),
        _ => Value(row, column) switch
        {
            double number => number,
            long integer => integer,
            _ => throw Mismatch("a number"),
        },
    };

    /// <summary>A cell as an integer.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="InvalidOperationException">It is a text, a boolean, or a number with a fraction.</exception>
    public long Integer(int row, int column = 0) => Output.Kind switch
    {
        OutputKind.Int64 => Code(row, column),
        OutputKind.Label when Value(row, column) is long label => label,
        _ => throw Mismatch("an integer"),
    };

    /// <summary>A cell as a text. Every row of a label shares one string.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="InvalidOperationException">It is a number or a boolean.</exception>
    public string Text(int row, int column = 0) => Output.Labels is not null && Value(row, column) is string text ? text : throw Mismatch("a text");

    /// <summary>A cell as a boolean.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="InvalidOperationException">It is a text or a number.</exception>
    public bool Flag(int row, int column = 0) => Output.Labels is not null && Value(row, column) is bool flag ? flag : throw Mismatch("a boolean");

    /// <summary>The place of a label in <see cref="ModelOutput.Labels"/>, or the integer of an output of integers.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="InvalidOperationException">The output's cells are numbers with a fraction.</exception>
    public int Code(int row, int column = 0)
    {
        var codes = _result.Codes ?? throw Mismatch("labels or integers");
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        return codes[(Checked(row) * Columns) + column];
    }

    /// <summary>A cell: <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>. A label is not boxed anew.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    public object Value(int row, int column = 0) => Output.Kind switch
    {
        OutputKind.Label => Output.Labels!.Values[Code(row, column)],
        OutputKind.Int64 => (long)Code(row, column),
        _ => Number(row, column),
    };

    /// <summary>The cells of an output with one dimension, as an array of their own.</summary>
    /// <typeparam name="T"><see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>, whichever the cells are, or <see cref="object"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The cells are something else, or there are several a row.</exception>
    public T[] ToArray<T>()
    {
        if (Columns != 1)
        {
            throw new InvalidOperationException($"{Output.Name} has {Columns} cells a row; ToMatrix copies them.");
        }

        var array = new T[Rows];
        for (var row = 0; row < array.Length; row++)
        {
            array[row] = Value(row) is T cell ? cell : throw Mismatch(typeof(T).Name);
        }

        return array;
    }

    /// <summary>The numbers of all rows, as an array of their own.</summary>
    /// <exception cref="InvalidOperationException">The cells are texts or booleans.</exception>
    public double[,] ToMatrix()
    {
        var matrix = new double[Rows, Columns];
        for (var row = 0; row < Rows; row++)
        {
            if (Columns > 0)
            {
                CopyRow(row, System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref matrix[row, 0], Columns));
            }
        }

        return matrix;
    }

    private static double Number(CsrBlock sparse, int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, sparse.Columns);
        var place = sparse.Indices(row).IndexOf(column);
        return place < 0 ? 0 : sparse.Values(row)[place];
    }

    private int Checked(int row)
    {
        // The memory is longer than the answer: a row beyond it would be one of an earlier call.
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return row;
    }

    private InvalidOperationException Mismatch(string wanted)
    {
        var kind = Output.Kind == OutputKind.Label ? $"labels of the kind {Output.Labels!.Kind}" : Output.Kind.ToString();
        return new InvalidOperationException($"{Output.Name} holds {kind}, not {wanted}.");
    }
}
