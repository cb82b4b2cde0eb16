namespace Skiff.Cli;

/// <summary>How rows are written in a file.</summary>
internal enum InputFormat
{
    /// <summary>A line a row, cells between separators.</summary>
    Csv,

    /// <summary>A JSON value a row.</summary>
    Json,

    /// <summary>A text a line.</summary>
    Text,
}
