namespace Skiff.Sklearn;

/// <summary>One transformer of a <see cref="ColumnTransformer"/>, with the columns that it is given.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Transformer">The transformer.</param>
/// <param name="Columns">The columns, by place in the input.</param>
/// <param name="IsOne">Whether it was given one column rather than a list of columns: a text vectorizer takes its texts so.</param>
/// <param name="Weight">What its answer is multiplied by.</param>
internal sealed record ColumnPart(string Name, Transformer Transformer, int[] Columns, bool IsOne, double Weight);
