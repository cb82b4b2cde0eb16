namespace Skiff.Python.Regex;

/// <summary>The least and the most characters a piece can match, saturating where Python's own count does.</summary>
internal readonly record struct NodeWidth(UInt128 Minimum, UInt128 Maximum)
{
    private static readonly UInt128 Most = UInt128.One << 64;

    internal static NodeWidth Zero => default;

    internal static NodeWidth One => new(1, 1);

    internal bool IsFixed => Minimum == Maximum;

    internal NodeWidth Then(NodeWidth next) =>
        new(UInt128.Min(Minimum + next.Minimum, Most), UInt128.Min(Maximum + next.Maximum, Most));

    internal NodeWidth Or(NodeWidth other) =>
        new(UInt128.Min(Minimum, other.Minimum), UInt128.Max(Maximum, other.Maximum));

    internal NodeWidth Repeated(long minimum, long maximum)
    {
        var most = maximum == RepeatNode.Unbounded && Maximum != 0 ? Most : Maximum * (ulong)maximum;
        return new(UInt128.Min(Minimum * (ulong)minimum, Most), UInt128.Min(most, Most));
    }

    /// <summary>The width of a piece.</summary>
    /// <param name="node">The piece.</param>
    /// <param name="groups">The widths of the groups closed so far, by number.</param>
    internal static NodeWidth Of(RegexNode node, List<NodeWidth?> groups)
    {
        switch (node)
        {
            case SequenceNode sequence:
                var total = Zero;
                foreach (var item in sequence.Items)
                {
                    total = total.Then(Of(item, groups));
                }

                return total;
            case BranchNode branch:
                var width = Of(branch.Items[0], groups);
                foreach (var item in branch.Items)
                {
                    width = width.Or(Of(item, groups));
                }

                return width;
            case LiteralNode or AnyNode or SetNode:
                return One;
            case GroupNode group:
                return Of(group.Body, groups);
            case AtomicNode atomic:
                return Of(atomic.Body, groups);
            case RepeatNode repeat:
                return Of(repeat.Body, groups).Repeated(repeat.Minimum, repeat.Maximum);
            case BackreferenceNode reference:
                return groups[reference.Group] ?? Zero;
            case ConditionalNode conditional:
                var yes = Of(conditional.Yes, groups);
                return yes.Or(conditional.No is null ? Zero : Of(conditional.No, groups));
            default:
                return Zero;
        }
    }
}
