namespace Skiff.Cli;

/// <summary>Standard input and output as bytes.</summary>
/// <param name="Input">Opens standard input.</param>
/// <param name="Output">Opens standard output.</param>
/// <param name="IsWatched">Whether a person sees what is written to standard error.</param>
internal sealed record StandardStreams(Func<Stream> Input, Func<Stream> Output, bool IsWatched)
{
    /// <summary>Those of the process.</summary>
    public static StandardStreams Process { get; } = new(Console.OpenStandardInput, Console.OpenStandardOutput, !Console.IsErrorRedirected);
}
