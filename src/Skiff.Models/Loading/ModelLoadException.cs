namespace Skiff.Models;

/// <summary>A model's files cannot be served. The message names the file, the place in it and the way out; it is meant for the caller.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What was found underneath, if anything.</param>
public sealed class ModelLoadException(string message, Exception? inner = null) : Exception(message, inner);
