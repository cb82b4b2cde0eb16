using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A model together with a map of a program's own rows to its columns. Immutable, and safe to call from any thread.</summary>
/// <typeparam name="T">What a row is in the program.</typeparam>
/// <remarks>Made by <see cref="SklearnModel.MapRows"/>.</remarks>
public sealed class MappedModel<T>
{
    private readonly RowMap<T> _map;

    internal MappedModel(SklearnModel model, RowMap<T> map)
    {
        Model = model;
        _map = map;
    }

    /// <summary>The model.</summary>
    public SklearnModel Model { get; }

    /// <summary>Predicts the label, or the number, of one row.</summary>
    /// <returns>A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>. Labels are not boxed anew.</returns>
    /// <exception cref="InputException">The model refuses a value, or has no <c>predict</c>.</exception>
    public object Predict(T row)
    {
        using var answers = Run(Methods.Predict, row);
        return SklearnModel.One(answers);
    }

    /// <summary>The probabilities of the labels of one row.</summary>
    /// <returns>One a label, in the order of <see cref="SklearnModel.Classes"/>.</returns>
    /// <exception cref="InputException">The model refuses a value, or has no <c>predict_proba</c>.</exception>
    public double[] PredictProba(T row)
    {
        using var answers = Run(Methods.PredictProba, row);
        return SklearnModel.OneRow(answers);
    }

    /// <summary>Answers about one row. Allocates nothing.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="row">The row.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">The model refuses a value, or lacks a method.</exception>
    public Answers Run(Methods wanted, T row) => Run(wanted, new ReadOnlySpan<T>(in row));

    /// <summary>Answers about rows.</summary>
    /// <param name="wanted">One or more methods; those asked for together share their work.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="InputException">The model refuses a value, which the message names by column and row, or lacks a method.</exception>
    public Answers Run(Methods wanted, scoped ReadOnlySpan<T> rows)
    {
        var call = AnswerCall.Begin(Model.Plan);
        try
        {
            call.Rows.Expect(rows.Length);
            foreach (var row in rows)
            {
                _map.Write(call.Rows, row);
            }

            return call.Run(Model, wanted);
        }
        catch
        {
            call.End();
            throw;
        }
    }
}
