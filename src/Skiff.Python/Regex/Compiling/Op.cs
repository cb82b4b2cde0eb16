namespace Skiff.Python.Regex;

/// <summary>The instructions of the matcher. Operands follow in the code; a jump is an index into it; M is a memo point or -1.</summary>
internal enum Op
{
    /// <summary>The pattern has matched.</summary>
    Match,

    /// <summary>Never matches.</summary>
    Fail,

    /// <summary>One byte: value.</summary>
    Byte,

    /// <summary>Bytes: offset into the literals, length.</summary>
    Literal,

    /// <summary>One character: class.</summary>
    Class,

    /// <summary>As many characters as there are, then fewer: class, minimum, maximum, M.</summary>
    LoopGreedy,

    /// <summary>As few characters as possible, then more: class, minimum, maximum, M.</summary>
    LoopLazy,

    /// <summary>As many characters as there are: class, minimum, maximum.</summary>
    LoopPossessive,

    /// <summary>Goes on elsewhere: target.</summary>
    Jump,

    /// <summary>Goes on here, or else elsewhere: target, M.</summary>
    Split,

    /// <summary>Goes on elsewhere, or else here: target, M.</summary>
    SplitLazy,

    /// <summary>Ways join here: M.</summary>
    Join,

    /// <summary>A group starts: register.</summary>
    GroupStart,

    /// <summary>A group ends: register, number.</summary>
    GroupEnd,

    /// <summary>A loop over what may be empty starts: register of the last iteration's place.</summary>
    StarStart,

    /// <summary>Its head: register, exit, M. An iteration that matched nothing is the last one.</summary>
    Star,

    /// <summary>Its head when it prefers to end: register, exit, M.</summary>
    StarLazy,

    /// <summary>Notes where an iteration starts: register.</summary>
    StarEnter,

    /// <summary>A counted loop starts: register of the count; the one after it is of the last iteration's place.</summary>
    CountStart,

    /// <summary>Its head: register, minimum, maximum, exit.</summary>
    Count,

    /// <summary>Its head when it prefers to end: register, minimum, maximum, exit. An optional iteration enters by the next instruction.</summary>
    CountLazy,

    /// <summary>Counts an iteration and notes where it starts: register.</summary>
    CountEnter,

    /// <summary>What a group caught: register of the group.</summary>
    Backreference,

    /// <summary>The same without case: register, 1 where only ASCII folds.</summary>
    BackreferenceFold,

    /// <summary>Goes elsewhere where a group caught nothing: register of the group, target.</summary>
    Condition,

    /// <summary>A group starts that is not entered again: register.</summary>
    AtomicStart,

    /// <summary>It ends: register.</summary>
    AtomicEnd,

    /// <summary>A look ahead starts, or behind by so many characters: register, characters.</summary>
    LookStart,

    /// <summary>It ends and has matched: register.</summary>
    LookEnd,

    /// <summary>A negative look starts: register, characters, where to go when it does not match.</summary>
    NegativeStart,

    /// <summary>It ends and has matched, which is a failure: register.</summary>
    NegativeEnd,

    /// <summary>Start of the text.</summary>
    TextStart,

    /// <summary>End of the text.</summary>
    TextEnd,

    /// <summary>Start of a line.</summary>
    LineStart,

    /// <summary>End of a line.</summary>
    LineEnd,

    /// <summary>End of the text, or before a newline that ends it.</summary>
    LastLineEnd,

    /// <summary>Between a word character and another: 1 for ASCII words.</summary>
    Boundary,

    /// <summary>Not so: 1 for ASCII words.</summary>
    NonBoundary,
}
