namespace Skiff.Models;

/// <summary>
/// The answers to one call, as views on memory that goes back to a pool: nothing is allocated. To be disposed of once they are read, best by <c>using</c>;
/// every span that was read from them ends then.
/// </summary>
/// <remarks>A <c>ref struct</c>, so that it cannot outlive the method that asked. <see cref="Answer.ToArray{T}"/> and <see cref="Answer.ToMatrix"/> make copies that can.</remarks>
public readonly ref struct Answers
{
    private readonly AnswerCall? _call;
    private readonly int _turn;

    internal Answers(AnswerCall call)
    {
        _call = call;
        _turn = call.Turn;
    }

    /// <summary>How many arrays there are: one a method that was asked for, several where a method gives a list of arrays.</summary>
    /// <exception cref="ObjectDisposedException">They were disposed of.</exception>
    public int Count => Results.Count;

    /// <summary>The answer of <c>predict</c>.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    /// <exception cref="ObjectDisposedException">The answers were disposed of.</exception>
    public Answer Predictions => this[Methods.Predict];

    /// <summary>The answer of <c>predict_proba</c>: a column a label, in the order of <see cref="ModelSignature.Classes"/>.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    /// <exception cref="ObjectDisposedException">The answers were disposed of.</exception>
    public Answer Probabilities => this[Methods.PredictProba];

    /// <summary>The arrays, in the order of the signature's outputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none at that place.</exception>
    /// <exception cref="ObjectDisposedException">The answers were disposed of.</exception>
    public Answer this[int index]
    {
        get
        {
            var results = Results;
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, results.Count);
            return new Answer(results[index]);
        }
    }

    /// <summary>The array of a method; the first where the method gives a list of arrays.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    /// <exception cref="ObjectDisposedException">The answers were disposed of.</exception>
    public Answer this[Methods method] => new(Results.Find(method));

    /// <summary>The array of an output's name: <c>predict_proba</c>, or <c>predict_proba.1</c> where the method gives a list of arrays.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    /// <exception cref="ObjectDisposedException">The answers were disposed of.</exception>
    public Answer this[string output] => new(Results[output]);

    private Results Results
    {
        get
        {
            ObjectDisposedException.ThrowIf(_call is null || _call.Turn != _turn, typeof(Answers));
            return _call.Results;
        }
    }

    /// <summary>Gives the memory back. A second time does nothing.</summary>
    public void Dispose()
    {
        if (_call is not null && _call.Turn == _turn)
        {
            _call.End();
        }
    }
}
