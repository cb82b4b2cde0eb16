namespace Skiff.Sklearn;

/// <summary>A function of numpy or scipy that maps each number on its own.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Apply">What it does.</param>
/// <param name="TakesSparse">Whether scipy's sparse matrices have it as a method: then it maps their stored cells, zero being zero.</param>
internal sealed record ElementFunction(string Name, Func<double, double> Apply, bool TakesSparse = false)
{
    /// <summary>Whether the answer is float32, whatever comes in, or never is; null where it is as the numbers are.</summary>
    public bool? IsSingle { get; init; }
}
