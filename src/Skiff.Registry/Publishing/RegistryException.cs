namespace Skiff.Registry;

/// <summary>A registry cannot be changed as asked. The message names the file or version and the way out; it is meant for the caller.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What was found underneath, if anything.</param>
public sealed class RegistryException(string message, Exception? inner = null) : Exception(message, inner);
