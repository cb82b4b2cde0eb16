using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>What reading lists and objects needs; kept between rows in the scratch memory.</summary>
internal sealed class JsonRowState
{
    private const int KeptBytes = 1 << 18;

    /// <summary>The row that is read.</summary>
    public int Row { get; set; }

    /// <summary>Takes a text whose escapes are resolved.</summary>
    public ByteBuffer Unescaped { get; } = new();

    /// <summary>A name and what is joined to it.</summary>
    public ByteBuffer Joined { get; } = new();

    /// <summary>The members of an object.</summary>
    public JsonMembers Members { get; } = new();

    /// <summary>Values by hash.</summary>
    public HashedValues Hashed { get; } = new();

    /// <summary>Columns that are set.</summary>
    public ColumnSet Columns { get; } = new();

    /// <summary>A kind of value within a message.</summary>
    public static string Word(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "a boolean",
        JsonKind.Number => "a number",
        JsonKind.Text => "a text",
        JsonKind.Array => "a list",
        _ => "an object",
    };

    /// <summary>Refuses the row that is read.</summary>
    /// <param name="what">What is wrong and what would be right.</param>
    public InputException Refuse(string what) => InputException.AtCell(Row, 0, what);

    /// <summary>Gives memory back after a large row.</summary>
    public void Trim()
    {
        Unescaped.Trim(KeptBytes);
        Joined.Trim(KeptBytes);
        Members.Trim(KeptBytes);
        Hashed.Trim(KeptBytes);
        Columns.Trim(KeptBytes);
    }
}
