namespace Skiff.Sklearn;

/// <summary>What an imputer puts into the gaps of a column.</summary>
/// <param name="IsDropped">The column had no value at all in the training data, and is left out.</param>
/// <param name="Number">The number, for a column of numbers.</param>
/// <param name="Text">The text as UTF-8, for a column of texts; else null.</param>
internal readonly record struct Statistic(bool IsDropped, double Number, byte[]? Text);
