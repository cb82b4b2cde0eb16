namespace Skiff.Cli;

/// <summary>What a list is that a file of JSON begins with.</summary>
internal enum ListMeaning
{
    /// <summary>One row where it begins with a plain value, else all rows.</summary>
    RowsUnlessOfCells,

    /// <summary>All rows.</summary>
    Rows,

    /// <summary>One row, as any value is: a list of lists could be either.</summary>
    OneRow,
}
