namespace Skiff.Models;

/// <summary>A call of a model from within the process: its working memory, from the first row written to the last answer read.</summary>
/// <remarks>
/// Kept in its <see cref="Scratch"/>, so that it is pooled with it. The turn counts the calls that this memory has served: who holds an older turn
/// holds answers that are gone.
/// </remarks>
public sealed class AnswerCall
{
    private Scratch? _scratch;

    /// <summary>The rows of the call.</summary>
    public TableWriter Rows { get; private set; } = null!;

    internal Results Results { get; } = new();

    internal int Turn { get; private set; }

    /// <summary>Starts a call. It ends when its answers are disposed of, or by <see cref="End"/> where there are none.</summary>
    /// <param name="plan">What the model takes.</param>
    public static AnswerCall Begin(InputPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var scratch = ScratchPool.Shared.Rent();
        var call = scratch.State<AnswerCall>();
        call._scratch = scratch;
        call.Rows = plan.Begin(scratch);
        return call;
    }

    /// <summary>Asks the model about the rows written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="wanted">One or more methods that it has.</param>
    /// <exception cref="InputException">The model refuses what a row holds, or lacks a method.</exception>
    public Answers Run(IModel model, Methods wanted)
    {
        ArgumentNullException.ThrowIfNull(model);
        ObjectDisposedException.ThrowIf(_scratch is null, this);
        model.Run(wanted, Rows.End(), _scratch, Results);
        return new Answers(this);
    }

    /// <summary>Gives the memory back.</summary>
    public void End()
    {
        if (_scratch is { } scratch)
        {
            _scratch = null;
            Turn++;
            Results.Clear();
            ScratchPool.Shared.Return(scratch);
        }
    }
}
