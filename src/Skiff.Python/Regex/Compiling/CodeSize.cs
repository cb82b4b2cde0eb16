namespace Skiff.Python.Regex;

/// <summary>Estimates how much code a piece takes, each piece once.</summary>
internal sealed class CodeSize
{
    private const long Most = 1_000_000;

    private readonly Dictionary<RegexNode, long> _known = [];

    internal long Of(RegexNode node)
    {
        if (!_known.TryGetValue(node, out var size))
        {
            size = Math.Min(Measure(node), Most);
            _known.Add(node, size);
        }

        return size;
    }

    private long Measure(RegexNode node) => node switch
    {
        SequenceNode sequence => sequence.Items.Sum(Of),
        BranchNode branch => branch.Items.Sum(item => Of(item) + 5),
        GroupNode group => Of(group.Body) + (group.Number > 0 ? 5 : 0),
        AtomicNode atomic => Of(atomic.Body) + 4,
        LookNode look => Of(look.Body) + 6,
        ConditionalNode conditional => Of(conditional.Yes) + (conditional.No is null ? 0 : Of(conditional.No)) + 5,
        RepeatNode { Maximum: RepeatNode.Unbounded } repeat => (Of(repeat.Body) * Math.Clamp(repeat.Minimum, 1, 32)) + 8,
        RepeatNode repeat => (Of(repeat.Body) * Math.Clamp(repeat.Maximum, 1, 32)) + 8,
        _ => 3,
    };
}
