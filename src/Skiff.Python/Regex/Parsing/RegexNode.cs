namespace Skiff.Python.Regex;

/// <summary>A parsed piece of a pattern.</summary>
internal abstract class RegexNode;

/// <summary>One character.</summary>
internal sealed class LiteralNode(int codePoint) : RegexNode
{
    internal int CodePoint => codePoint;
}

/// <summary>Any character, or any but a newline: the flags of the place decide.</summary>
internal sealed class AnyNode : RegexNode;

/// <summary>One character of a set. A category escape outside of brackets is a set of its own.</summary>
internal sealed class SetNode(List<SetItem> items, bool negated) : RegexNode
{
    internal List<SetItem> Items => items;

    internal bool Negated => negated;
}

/// <summary>A place between characters.</summary>
internal sealed class AnchorNode(AnchorKind kind) : RegexNode
{
    internal AnchorKind Kind => kind;
}

/// <summary>Pieces one after the other.</summary>
internal sealed class SequenceNode : RegexNode
{
    internal List<RegexNode> Items { get; } = [];
}

/// <summary>Alternatives, the first one preferred.</summary>
internal sealed class BranchNode(List<SequenceNode> items) : RegexNode
{
    internal List<SequenceNode> Items => items;
}

/// <summary>A repeated piece.</summary>
internal sealed class RepeatNode(RegexNode body, long minimum, long maximum, RepeatMode mode) : RegexNode
{
    /// <summary>No upper bound.</summary>
    internal const long Unbounded = 4294967295;

    internal RegexNode Body => body;

    internal long Minimum => minimum;

    internal long Maximum => maximum;

    internal RepeatMode Mode => mode;
}

/// <summary>A group: captured where it has a number, with flags of its own where given.</summary>
internal sealed class GroupNode(int number, PyRegexFlags added, PyRegexFlags removed, RegexNode body) : RegexNode
{
    /// <summary>From 1; 0 is a group that captures nothing.</summary>
    internal int Number => number;

    internal PyRegexFlags Added => added;

    internal PyRegexFlags Removed => removed;

    internal RegexNode Body => body;
}

/// <summary>A group that is not entered again once left.</summary>
internal sealed class AtomicNode(RegexNode body) : RegexNode
{
    internal RegexNode Body => body;
}

/// <summary>What must, or must not, stand ahead or behind.</summary>
internal sealed class LookNode(RegexNode body, bool behind, bool negative) : RegexNode
{
    internal RegexNode Body => body;

    internal bool Behind => behind;

    internal bool Negative => negative;
}

/// <summary>What a group has caught, again.</summary>
internal sealed class BackreferenceNode(int group) : RegexNode
{
    internal int Group => group;
}

/// <summary>One of two pieces, by whether a group has caught anything.</summary>
internal sealed class ConditionalNode(int group, RegexNode yes, RegexNode? no) : RegexNode
{
    internal int Group => group;

    internal RegexNode Yes => yes;

    internal RegexNode? No => no;
}

/// <summary>Never matches: <c>(?!)</c>.</summary>
internal sealed class FailNode : RegexNode;
