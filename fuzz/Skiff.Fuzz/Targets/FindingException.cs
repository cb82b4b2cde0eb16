namespace Skiff.Fuzz;

/// <summary>A promise is broken that no exception of the reader itself shows.</summary>
/// <param name="message">Which.</param>
/// <param name="inner">What was found underneath, if anything.</param>
internal sealed class FindingException(string message, Exception? inner = null) : Exception(message, inner);
