namespace Skiff.Fuzz;

/// <summary>A parser under test.</summary>
internal interface IFuzzTarget
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>The folder of inputs to start from, unless another is given.</summary>
    string Corpus { get; }

    /// <summary>Feeds it one input. Only the parser's documented exception is caught; whatever else leaves is a finding.</summary>
    /// <returns>Whether the input was accepted.</returns>
    bool Run(ReadOnlySpan<byte> input);
}
