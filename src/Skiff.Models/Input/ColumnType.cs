namespace Skiff.Models;

/// <summary>What a column's values must be, beyond being numbers or texts, where something beside the model says so.</summary>
public enum ColumnType
{
    /// <summary>Whatever the model takes.</summary>
    Any,

    /// <summary>True or false; the numbers 1 and 0 stand for them.</summary>
    Boolean,

    /// <summary>Whole numbers of 32 bits.</summary>
    Int32,

    /// <summary>Whole numbers of 64 bits.</summary>
    Int64,

    /// <summary>Numbers, rounded to float32.</summary>
    Float32,

    /// <summary>Numbers.</summary>
    Float64,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Lists or objects of any length, as JSON: a text column that JSON rows hold as they are, and everything else as a text.</summary>
    Json,
}
