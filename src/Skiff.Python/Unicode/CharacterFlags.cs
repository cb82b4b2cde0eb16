namespace Skiff.Python.Unicode;

/// <summary>What CPython's <c>str</c> and <c>re</c> ask of one character. The bits are those of the generated table.</summary>
[Flags]
internal enum CharacterFlags : ushort
{
    None = 0,
    Alpha = 1 << 0,
    Decimal = 1 << 1,
    Digit = 1 << 2,
    Numeric = 1 << 3,
    Space = 1 << 4,
    Upper = 1 << 5,
    Lower = 1 << 6,

    /// <summary><c>istitle()</c> of the character alone: an upper case or a title case letter.</summary>
    Title = 1 << 7,
    Printable = 1 << 8,
    IdentifierStart = 1 << 9,
    IdentifierContinue = 1 << 10,

    /// <summary>Cased in the sense of the rules of <c>title()</c> and of the final sigma.</summary>
    Cased = 1 << 11,

    /// <summary>Skipped by the rule of the final sigma.</summary>
    CaseIgnorable = 1 << 12,

    /// <summary>Has a simple lower or upper case mapping: what <c>re</c> calls cased.</summary>
    HasCase = 1 << 13,
    LineBreak = 1 << 14,
    Alnum = 1 << 15,
}
