namespace Skiff.Fuzz;

/// <summary>Something that reads foreign bytes, under test.</summary>
internal interface IFuzzTarget
{
    /// <summary>What it is called on the command line; a dictionary of this name in fuzz/dictionaries is used.</summary>
    string Name { get; }

    /// <summary>No input is longer than this; short inputs run more often.</summary>
    int LongestInput => 4096;

    /// <summary>How many bytes one run may allocate for an input of that many bytes.</summary>
    long MemoryFor(int length);

    /// <summary>Inputs to start from, in an order that does not change.</summary>
    IEnumerable<byte[]> Seeds();

    /// <summary>Feeds it one input. Only the documented exceptions are caught; whatever else leaves is a finding.</summary>
    /// <returns>What came of it; the same bytes must give the same.</returns>
    Outcome Run(byte[] input);
}
