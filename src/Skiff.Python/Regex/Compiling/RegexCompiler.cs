using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <summary>Turns a parsed pattern into a program.</summary>
internal sealed partial class RegexCompiler
{
    /// <summary>No pattern of sense comes near; repeated copies stop long before.</summary>
    private const int MaximumCode = 4_000_000;

    private readonly ParsedPattern _pattern;
    private readonly List<int> _code = [];
    private readonly List<CharClass> _classes = [];
    private readonly Dictionary<(RegexNode Node, PyRegexFlags Flags), int> _classIndexes = [];
    private readonly ByteBuffer _literals = new(64);
    private readonly List<MemoPoint> _memos = [];
    private readonly List<int> _emptyLoops = [];
    private readonly CodeSize _sizes = new();
    private int _registers;
    private int _memoRows;
    private bool _depends;
    private int _unmemoized;

    private RegexCompiler(ParsedPattern pattern)
    {
        _pattern = pattern;
        _registers = (2 * pattern.GroupCount) + 1;
    }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PyRegexException">A look behind of no fixed width, or a pattern too large.</exception>
    internal static RegexProgram Compile(ParsedPattern pattern)
    {
        var compiler = new RegexCompiler(pattern);
        compiler.Emit(pattern.Root, pattern.Flags);
        compiler.Add(Op.Match);
        var code = compiler._code;
        var repeats = code is [(int)Op.LoopGreedy, _, 1, int.MaxValue, _, (int)Op.Match];
        return new RegexProgram
        {
            Code = [.. compiler._code],
            Start = StartAnalysis.Analyze(pattern.Root, pattern.Flags, compiler.FindClass),
            Classes = [.. compiler._classes],
            Literals = compiler._literals.Written.ToArray(),
            Memos = [.. compiler._memos],
            MemoRows = compiler._depends ? 0 : compiler._memoRows,
            RegisterCount = compiler._registers,
            GroupCount = pattern.GroupCount,
            OnlyClass = repeats || code is [(int)Op.Class, _, (int)Op.Match] ? compiler._classes[code[1]] : null,
            OnlyClassRepeats = repeats,
        };
    }

    /// <summary>The flags inside a group.</summary>
    internal static PyRegexFlags Combine(PyRegexFlags flags, GroupNode group)
    {
        const PyRegexFlags Types = PyRegexFlags.Ascii | PyRegexFlags.Locale | PyRegexFlags.Unicode;
        if ((group.Added & Types) != 0)
        {
            flags &= ~Types;
        }

        return (flags | group.Added) & ~group.Removed;
    }

    private void Emit(RegexNode node, PyRegexFlags flags)
    {
        switch (node)
        {
            case SequenceNode sequence:
                EmitSequence(sequence, flags);
                break;
            case LiteralNode or AnyNode or SetNode:
                EmitCharacter(node, flags);
                break;
            case BranchNode branch:
                EmitBranch(branch, flags);
                break;
            case RepeatNode repeat:
                EmitRepeat(repeat, flags);
                break;
            case GroupNode group:
                EmitGroup(group, flags);
                break;
            case AtomicNode atomic:
                EmitAtomic(atomic.Body, flags);
                break;
            case LookNode look:
                EmitLook(look, flags);
                break;
            case AnchorNode anchor:
                EmitAnchor(anchor.Kind, flags);
                break;
            case BackreferenceNode reference:
                EmitBackreference(reference.Group, flags);
                break;
            case ConditionalNode conditional:
                EmitConditional(conditional, flags);
                break;
            default:
                Add(Op.Fail);
                break;
        }
    }

    private void EmitSequence(SequenceNode sequence, PyRegexFlags flags)
    {
        for (var i = 0; i < sequence.Items.Count;)
        {
            var start = _literals.Length;
            var first = i;
            while (i < sequence.Items.Count && sequence.Items[i] is LiteralNode literal && !Folds(literal, flags))
            {
                _literals.AppendCodePoint(literal.CodePoint);
                i++;
            }

            if (i > first)
            {
                EmitBytes(start);
                continue;
            }

            Emit(sequence.Items[i++], flags);
        }
    }

    private static bool Folds(LiteralNode literal, PyRegexFlags flags) => CaseFoldingExtensions.Of(flags).IsCased(literal.CodePoint);

    private void EmitBytes(int start)
    {
        var length = _literals.Length - start;
        if (length == 1)
        {
            Add(Op.Byte, _literals.Written[start]);
            _literals.Truncate(start);
            return;
        }

        Add(Op.Literal, start, length);
    }

    private void EmitCharacter(RegexNode node, PyRegexFlags flags)
    {
        if (node is LiteralNode literal && !Folds(literal, flags))
        {
            var start = _literals.Length;
            _literals.AppendCodePoint(literal.CodePoint);
            EmitBytes(start);
            return;
        }

        Add(Op.Class, ClassIndex(node, flags));
    }

    private CharClass? FindClass(RegexNode node, PyRegexFlags flags) =>
        node is LiteralNode or AnyNode or SetNode ? _classes[ClassIndex(node, flags)] : null;

    private int ClassIndex(RegexNode node, PyRegexFlags flags)
    {
        flags &= PyRegexFlags.IgnoreCase | PyRegexFlags.Unicode | PyRegexFlags.DotAll;
        if (_classIndexes.TryGetValue((node, flags), out var index))
        {
            return index;
        }

        var characters = node switch
        {
            LiteralNode literal => CharClassBuilder.Build([SetItem.Of(literal.CodePoint)], negated: false, flags),
            SetNode set => CharClassBuilder.Build(set.Items, set.Negated, flags),
            _ when (flags & PyRegexFlags.DotAll) != 0 => CharClassBuilder.Build([], negated: true, PyRegexFlags.None),
            _ => CharClassBuilder.Build([SetItem.Of('\n')], negated: true, PyRegexFlags.None),
        };
        _classes.Add(characters);
        _classIndexes.Add((node, flags), _classes.Count - 1);
        return _classes.Count - 1;
    }

    private void EmitBranch(BranchNode branch, PyRegexFlags flags)
    {
        List<int> ends = [];
        for (var i = 0; i < branch.Items.Count; i++)
        {
            if (i == branch.Items.Count - 1)
            {
                Emit(branch.Items[i], flags);
                break;
            }

            var split = Add(Op.Split, 0, -1);
            Emit(branch.Items[i], flags);
            ends.Add(Add(Op.Jump, 0));
            _code[split + 1] = _code.Count;
        }

        foreach (var end in ends)
        {
            _code[end + 1] = _code.Count;
        }

        EmitJoin();
    }

    private void EmitGroup(GroupNode group, PyRegexFlags flags)
    {
        var register = 2 * (group.Number - 1);
        if (group.Number > 0)
        {
            Add(Op.GroupStart, register);
        }

        Emit(group.Body, Combine(flags, group));
        if (group.Number > 0)
        {
            Add(Op.GroupEnd, register + 1, group.Number);
        }
    }

    private void EmitAtomic(RegexNode body, PyRegexFlags flags)
    {
        var register = NewRegisters(1);
        Add(Op.AtomicStart, register);
        _unmemoized++;
        Emit(body, flags);
        _unmemoized--;
        Add(Op.AtomicEnd, register);
    }

    private void EmitLook(LookNode look, PyRegexFlags flags)
    {
        var behind = look.Behind ? LookbehindWidth(look.Body) : 0;
        var register = NewRegisters(2);
        var start = look.Negative ? Add(Op.NegativeStart, register, behind, 0) : Add(Op.LookStart, register, behind);
        _unmemoized++;
        Emit(look.Body, flags);
        _unmemoized--;
        Add(look.Negative ? Op.NegativeEnd : Op.LookEnd, register);
        if (look.Negative)
        {
            _code[start + 3] = _code.Count;
        }
    }

    private int LookbehindWidth(RegexNode body)
    {
        var width = NodeWidth.Of(body, _pattern.GroupWidths);
        if (width.Minimum > uint.MaxValue)
        {
            throw new PyRegexException("looks too much behind");
        }

        return width.IsFixed
            ? (int)UInt128.Min(width.Minimum, int.MaxValue)
            : throw new PyRegexException("look-behind requires fixed-width pattern");
    }

    private void EmitAnchor(AnchorKind kind, PyRegexFlags flags)
    {
        var multiline = (flags & PyRegexFlags.Multiline) != 0;
        var ascii = (flags & PyRegexFlags.Unicode) != 0 ? 0 : 1;
        switch (kind)
        {
            case AnchorKind.Beginning:
                Add(multiline ? Op.LineStart : Op.TextStart);
                break;
            case AnchorKind.BeginningOfText:
                Add(Op.TextStart);
                break;
            case AnchorKind.End:
                Add(multiline ? Op.LineEnd : Op.LastLineEnd);
                break;
            case AnchorKind.EndOfText:
                Add(Op.TextEnd);
                break;
            case AnchorKind.Boundary:
                Add(Op.Boundary, ascii);
                break;
            default:
                Add(Op.NonBoundary, ascii);
                break;
        }
    }

    private void EmitBackreference(int group, PyRegexFlags flags)
    {
        _depends = true;
        var register = 2 * (group - 1);
        var folding = CaseFoldingExtensions.Of(flags);
        if (folding == CaseFolding.None)
        {
            Add(Op.Backreference, register);
        }
        else
        {
            Add(Op.BackreferenceFold, register, folding == CaseFolding.Ascii ? 1 : 0);
        }
    }

    private void EmitConditional(ConditionalNode conditional, PyRegexFlags flags)
    {
        _depends = true;
        var condition = Add(Op.Condition, 2 * (conditional.Group - 1), 0);
        Emit(conditional.Yes, flags);
        if (conditional.No is null)
        {
            _code[condition + 2] = _code.Count;
            return;
        }

        var end = Add(Op.Jump, 0);
        _code[condition + 2] = _code.Count;
        Emit(conditional.No, flags);
        _code[end + 1] = _code.Count;
    }

    private int Add(Op op, params ReadOnlySpan<int> operands)
    {
        if (_code.Count > MaximumCode)
        {
            throw new PyRegexException("the pattern is too large");
        }

        var place = _code.Count;
        _code.Add((int)op);
        _code.AddRange(operands);
        return place;
    }

    private int NewRegisters(int count)
    {
        _registers += count;
        return _registers - count;
    }
}
