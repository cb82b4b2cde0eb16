namespace Skiff.Sklearn;

/// <summary>The bytes of a booster cannot be read. Whoever knows where they stand in the model says so around it.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What was found underneath, if anything.</param>
internal sealed class PayloadException(string message, Exception? inner = null) : Exception(message, inner);
