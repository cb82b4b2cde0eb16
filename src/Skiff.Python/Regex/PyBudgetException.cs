namespace Skiff.Python.Regex;

/// <summary>A pattern or a function took more steps or more memory than one call may: the input is refused, nothing is broken.</summary>
public sealed class PyBudgetException : Exception
{
    /// <summary>Makes the exception.</summary>
    public PyBudgetException()
        : this("the budget of one call ran out")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What ran out, and where.</param>
    public PyBudgetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What ran out, and where.</param>
    /// <param name="innerException">What made it run out.</param>
    public PyBudgetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
