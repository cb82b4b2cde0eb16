namespace Skiff.Models;

/// <summary>Looks, while a model works on a call, whether the answer is still wanted. <see cref="Scratch.Watch"/> takes one.</summary>
public interface ICallWatch
{
    /// <summary>How much work may be done between two looks, in the units of <see cref="Scratch.Step"/>.</summary>
    long Interval { get; }

    /// <summary>Looks once.</summary>
    /// <exception cref="OperationCanceledException">The answer is not wanted any more.</exception>
    void Look();
}
