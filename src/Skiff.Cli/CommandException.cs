namespace Skiff.Cli;

/// <summary>A command cannot do what it was asked. The message is for the person who asked, in one line.</summary>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="inner">What was found underneath, if anything.</param>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);
