namespace Skiff.Sklearn;

/// <summary>What an estimator makes of a column of its input.</summary>
internal enum ColumnNeed
{
    /// <summary>It takes either kind: it passes the column on, or fills its gaps.</summary>
    Any,

    /// <summary>It takes numbers.</summary>
    Number,

    /// <summary>It takes texts.</summary>
    Text,

    /// <summary>It takes lists or objects, as JSON.</summary>
    Json,

    /// <summary>It does not look at the column.</summary>
    Unused,
}
