using System.Runtime.InteropServices;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <content>Rows as a program has them: a text, numbers, a dictionary, or records by a map.</content>
public sealed partial class SklearnModel
{
    /// <summary>Predicts the label, or the number, of one text.</summary>
    /// <returns>A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>.</returns>
    /// <exception cref="InputException">The model does not take a text, refuses this one, or has no <c>predict</c>.</exception>
    public object Predict(string text)
    {
        using var answers = Run(Methods.Predict, text);
        return One(answers);
    }

    /// <summary>Predicts the label, or the number, of one row of numbers.</summary>
    /// <param name="row">A number a column, by position; NaN where one is missing.</param>
    /// <returns>A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>. Labels are not boxed anew.</returns>
    /// <exception cref="InputException">The model does not take numbers, takes another number of them, refuses these, or has no <c>predict</c>.</exception>
    public object Predict(params ReadOnlySpan<double> row)
    {
        using var answers = Run(Methods.Predict, row);
        return One(answers);
    }

    /// <summary>Predicts the label, or the number, of one row by column name.</summary>
    /// <param name="row">A value a column: numbers of any type, booleans, texts, null where one is missing. Names that the model does not have are left aside.</param>
    /// <returns>A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>.</returns>
    /// <exception cref="InputException">A column is missing, or a value is not what it takes, or the model has no <c>predict</c>.</exception>
    public object Predict(IReadOnlyDictionary<string, object?> row)
    {
        using var answers = Run(Methods.Predict, [row]);
        return One(answers);
    }

    /// <summary>The probabilities of one text's labels.</summary>
    /// <returns>One a label, in the order of <see cref="Classes"/>.</returns>
    /// <exception cref="InputException">The model does not take a text, refuses this one, or has no <c>predict_proba</c>.</exception>
    public double[] PredictProba(string text)
    {
        using var answers = Run(Methods.PredictProba, text);
        return OneRow(answers);
    }

    /// <summary>The probabilities of the labels of one row of numbers.</summary>
    /// <param name="row">A number a column, by position; NaN where one is missing.</param>
    /// <returns>One a label, in the order of <see cref="Classes"/>.</returns>
    /// <exception cref="InputException">The model does not take numbers, takes another number of them, refuses these, or has no <c>predict_proba</c>.</exception>
    public double[] PredictProba(params ReadOnlySpan<double> row)
    {
        using var answers = Run(Methods.PredictProba, row);
        return OneRow(answers);
    }

    /// <summary>The probabilities of the labels of one row by column name.</summary>
    /// <param name="row">A value a column, as <see cref="Predict(IReadOnlyDictionary{string, object})"/> takes them.</param>
    /// <returns>One a label, in the order of <see cref="Classes"/>.</returns>
    /// <exception cref="InputException">A column is missing, or a value is not what it takes, or the model has no <c>predict_proba</c>.</exception>
    public double[] PredictProba(IReadOnlyDictionary<string, object?> row)
    {
        using var answers = Run(Methods.PredictProba, [row]);
        return OneRow(answers);
    }

    /// <summary>Answers about one text. Allocates nothing.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="text">The text.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">The model does not take a text, refuses this one, or lacks a method.</exception>
    public Answers Run(Methods wanted, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Run(wanted, new ReadOnlySpan<string>(in text));
    }

    /// <summary>Answers about texts.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="texts">The texts, a row each.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">The model does not take a text, refuses one of these, or lacks a method.</exception>
    public Answers Run(Methods wanted, scoped ReadOnlySpan<string> texts)
    {
        var call = AnswerCall.Begin(Plan);
        try
        {
            foreach (var text in texts)
            {
                call.Rows.BeginRow();
                call.Rows.SetText(call.Rows.NextColumn(), text.AsSpan());
                call.Rows.EndRow();
            }

            return call.Run(this, wanted);
        }
        catch
        {
            call.End();
            throw;
        }
    }

    /// <summary>Answers about one row of numbers. Allocates nothing.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="row">A number a column, by position; NaN where one is missing.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">The model does not take numbers, takes another number of them, refuses these, or lacks a method.</exception>
    public Answers Run(Methods wanted, scoped ReadOnlySpan<double> row)
    {
        var call = AnswerCall.Begin(Plan);
        try
        {
            call.Rows.WriteRow(row);
            return call.Run(this, wanted);
        }
        catch
        {
            call.End();
            throw;
        }
    }

    /// <summary>Answers about a matrix of numbers.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="rows">The numbers row by row; NaN where one is missing.</param>
    /// <param name="width">How many a row has.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="ArgumentException">The numbers do not divide into rows of that width.</exception>
    /// <exception cref="InputException">The model does not take numbers, takes another number of them, refuses these, or lacks a method.</exception>
    public Answers Run(Methods wanted, scoped ReadOnlySpan<double> rows, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (rows.Length % width != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no rows of {width}.", nameof(rows));
        }

        var call = AnswerCall.Begin(Plan);
        try
        {
            call.Rows.Expect(rows.Length / width);
            for (; !rows.IsEmpty; rows = rows[width..])
            {
                call.Rows.WriteRow(rows[..width]);
            }

            return call.Run(this, wanted);
        }
        catch
        {
            call.End();
            throw;
        }
    }

    /// <summary>Answers about a matrix of numbers.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="rows">A row of numbers each; NaN where one is missing.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">The model does not take numbers, takes another number of them, refuses these, or lacks a method.</exception>
    public Answers Run(Methods wanted, double[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var cells = rows.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref rows[0, 0], rows.Length);
        return Run(wanted, cells, Math.Max(rows.GetLength(1), 1));
    }

    /// <summary>Answers about rows of numbers.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="rows">A row of numbers each, by position; NaN where one is missing.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">The model does not take numbers, takes another number of them in some row, refuses these, or lacks a method.</exception>
    public Answers Run(Methods wanted, IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var call = AnswerCall.Begin(Plan);
        try
        {
            call.Rows.Expect(rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                call.Rows.WriteRow(rows[i]);
            }

            return call.Run(this, wanted);
        }
        catch
        {
            call.End();
            throw;
        }
    }

    /// <summary>Answers about rows by column name.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="rows">Rows as <see cref="Predict(IReadOnlyDictionary{string, object})"/> takes them. For many rows of one type, <see cref="MapRows"/> is faster and checked once.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">A column is missing in some row, or a value is not what it takes, or the model lacks a method.</exception>
    public Answers Run(Methods wanted, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var call = AnswerCall.Begin(Plan);
        try
        {
            for (var i = 0; i < rows.Count; i++)
            {
                Write(call.Rows, rows[i]);
            }

            return call.Run(this, wanted);
        }
        catch
        {
            call.End();
            throw;
        }
    }

    /// <summary>Says once where the model's columns come from in rows of some type; what it gives answers about such rows.</summary>
    /// <typeparam name="T">What a row is in the program: a record, a class, a tuple.</typeparam>
    /// <param name="columns">Maps each column that the model looks at, in any order.</param>
    /// <exception cref="InputException">A column is not mapped, is mapped twice, or to another kind of values than the model takes.</exception>
    /// <example>
    /// <code>
    /// var passengers = model.MapRows&lt;Passenger&gt;(map => map.Column("age", p => p.Age).Column("sex", p => p.Sex));
    /// var survives = passengers.Predict(new Passenger(22, "male"));
    /// </code>
    /// </example>
    public MappedModel<T> MapRows<T>(Action<RowMapBuilder<T>> columns) => new(this, Plan.Map(columns));

    private void Write(TableWriter writer, IReadOnlyDictionary<string, object?> row)
    {
        writer.BeginRow();
        var columns = Signature.Input.Columns;
        if (Plan.NumberColumns < 0)
        {
            throw new InputException(InputErrorKind.Value, "the model does not say which columns it takes; give rows of numbers by position");
        }

        for (var i = 0; i < columns.Count; i++)
        {
            if (row.TryGetValue(columns[i].Name, out var value))
            {
                writer.SetValue(i, value);
            }
        }

        writer.EndRow();
    }

    internal static object One(Answers answers)
    {
        var answer = answers.Predictions;
        return answer.Columns == 1
            ? answer.Value(0)
            : throw new InvalidOperationException($"The model predicts {answer.Columns} values a row; Run gives them all.");
    }

    internal static double[] OneRow(Answers answers) => answers.Count == 1
        ? answers.Probabilities.Row(0).ToArray()
        : throw new InvalidOperationException($"The model has {answers.Count} outputs with labels of their own; Run gives the probabilities of each.");
}
