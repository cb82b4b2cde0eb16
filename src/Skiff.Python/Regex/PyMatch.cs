namespace Skiff.Python.Regex;

/// <summary>
/// Where a pattern matched, and the memory that finding it took: reused by one search after another, so that matching allocates nothing
/// once it has grown. Not thread-safe: each belongs to one piece of work at a time.
/// </summary>
/// <remarks>All places are byte offsets into the UTF-8 text that was searched.</remarks>
public sealed class PyMatch
{
    /// <summary>The default of <see cref="StepBudget"/>.</summary>
    public const long DefaultStepBudget = 10_000_000;

    private const int TrimmedStack = 1 << 18;
    private const int TrimmedNotes = 1 << 17;

    private int _start = -1;
    private int _end = -1;
    private int _groups;

    /// <summary>
    /// The steps that one operation (a search, or all of <c>findall</c>, <c>sub</c>, <c>split</c>) may take, besides
    /// a few for every byte of the text. A step is about a character tried, some nanoseconds.
    /// </summary>
    public long StepBudget { get; set; } = DefaultStepBudget;

    /// <summary>The groups of the pattern that was searched for last.</summary>
    public int GroupCount => _groups;

    /// <summary>The number of the group that ended last (<c>Match.lastindex</c>), -1 where none did.</summary>
    public int LastIndex => _groups == 0 ? -1 : Registers[2 * _groups];

    /// <summary>Steps, and a few for every byte, after which a search starts to note where it has been: most end long before. 0 notes from the start.</summary>
    internal int NotesAfter { get; set; } = 512;

    internal int[] Registers { get; set; } = [];

    internal int[] Stack { get; set; } = new int[96];

    internal ulong[] Notes { get; set; } = [];

    internal long StepsLeft { get; set; }

    /// <summary>Where a group starts (0 is the whole match), -1 where it caught nothing.</summary>
    public int Start(int group) => group == 0 ? _start : End(group) < 0 ? -1 : Registers[2 * (group - 1)];

    /// <summary>Where a group ends (0 is the whole match), -1 where it caught nothing.</summary>
    public int End(int group)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)group, (uint)_groups);
        return group == 0 ? _end : Registers[(2 * group) - 1];
    }

    /// <summary>The bytes of a group, empty where it caught nothing.</summary>
    /// <param name="text">The text that was searched.</param>
    /// <param name="group">The group; 0 is the whole match.</param>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> text, int group = 0)
    {
        var start = Start(group);
        return start < 0 ? default : text[start..End(group)];
    }

    internal void Prepare(RegexProgram program)
    {
        _groups = program.GroupCount;
        if (Registers.Length < program.RegisterCount)
        {
            Registers = new int[program.RegisterCount];
        }
    }

    internal void Refill(int length) => StepsLeft = StepBudget + (32L * length);

    internal void Set(int start, int end)
    {
        _start = start;
        _end = end;
    }

    /// <summary>Gives back what one hard search has grown.</summary>
    internal void Trim()
    {
        if (Stack.Length > TrimmedStack)
        {
            Stack = new int[TrimmedStack];
        }

        if (Notes.Length > TrimmedNotes)
        {
            Notes = [];
        }
    }
}
