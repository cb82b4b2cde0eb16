namespace Skiff.Fuzz;

/// <summary>What came of an input.</summary>
/// <param name="IsAccepted">Whether it was what the reader reads.</param>
/// <param name="Fingerprint">A sum over the answer, or over the words of the refusal.</param>
internal readonly record struct Outcome(bool IsAccepted, ulong Fingerprint)
{
    /// <summary>Bytes that the run might allocate beyond what the input's length allows: for each column that a model states, up to the documented bound.</summary>
    public long Allowance { get; init; }

    /// <summary>An input that was refused with these words.</summary>
    public static Outcome Refused(Exception refusal)
    {
        var sum = new Fingerprint();
        sum.Add(refusal.Message);
        return refusal.Message.Length > 0 ? new Outcome(false, sum.Value) : throw new FindingException("a refusal has no words", refusal);
    }

    /// <summary>An input that was taken.</summary>
    public static Outcome Accepted(in Fingerprint sum) => new(true, sum.Value);
}
