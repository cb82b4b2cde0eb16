using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <summary>Works out what every match of a pattern starts with.</summary>
internal sealed class StartAnalysis
{
    private readonly bool[] _first = new bool[256];
    private readonly Func<RegexNode, PyRegexFlags, CharClass?> _classOf;

    private StartAnalysis(Func<RegexNode, PyRegexFlags, CharClass?> classOf)
    {
        _classOf = classOf;
    }

    internal static StartFinder Analyze(RegexNode root, PyRegexFlags flags, Func<RegexNode, PyRegexFlags, CharClass?> classOf)
    {
        var analysis = new StartAnalysis(classOf);
        var mayBeEmpty = analysis.Add(root, flags);
        return new StartFinder(StartsAtText(root, flags), Prefix(root, flags), mayBeEmpty ? null : analysis._first);
    }

    /// <summary>Adds the first bytes of a piece and says whether it may match nothing.</summary>
    private bool Add(RegexNode node, PyRegexFlags flags)
    {
        if (_classOf(node, flags) is { } characters)
        {
            for (var i = 0; i < 256; i++)
            {
                _first[i] |= characters.MayStartWith((byte)i);
            }

            return false;
        }

        switch (node)
        {
            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                {
                    if (!Add(item, flags))
                    {
                        return false;
                    }
                }

                return true;
            case BranchNode branch:
                var empty = false;
                foreach (var item in branch.Items)
                {
                    empty |= Add(item, flags);
                }

                return empty;
            case GroupNode group:
                return Add(group.Body, RegexCompiler.Combine(flags, group));
            case AtomicNode atomic:
                return Add(atomic.Body, flags);
            case RepeatNode repeat:
                return Add(repeat.Body, flags) | repeat.Minimum == 0;
            case ConditionalNode conditional:
                return Add(conditional.Yes, flags) | (conditional.No is null || Add(conditional.No, flags));
            case BackreferenceNode:
                _first.AsSpan().Fill(true);
                return true;
            case FailNode:
                return false;
            default:
                return true;
        }
    }

    private static bool StartsAtText(RegexNode node, PyRegexFlags flags) => node switch
    {
        SequenceNode sequence => sequence.Items.Count > 0 && StartsAtText(sequence.Items[0], flags),
        BranchNode branch => branch.Items.TrueForAll(item => StartsAtText(item, flags)),
        GroupNode group => StartsAtText(group.Body, RegexCompiler.Combine(flags, group)),
        AtomicNode atomic => StartsAtText(atomic.Body, flags),
        AnchorNode { Kind: AnchorKind.BeginningOfText } => true,
        AnchorNode { Kind: AnchorKind.Beginning } => (flags & PyRegexFlags.Multiline) == 0,
        _ => false,
    };

    private static byte[] Prefix(RegexNode root, PyRegexFlags flags)
    {
        var prefix = new ByteBuffer(16);
        if (root is SequenceNode sequence && (flags & PyRegexFlags.IgnoreCase) == 0)
        {
            foreach (var item in sequence.Items)
            {
                if (item is not LiteralNode literal)
                {
                    break;
                }

                prefix.AppendCodePoint(literal.CodePoint);
            }
        }

        return prefix.Written.ToArray();
    }
}
