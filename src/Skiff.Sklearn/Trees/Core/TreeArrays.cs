namespace Skiff.Sklearn;

/// <summary>One tree by columns, one entry a node.</summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal readonly record struct TreeArrays<T> : ITreeNodes<T>
{
    /// <summary>The left child of each node; below zero for a leaf.</summary>
    public required int[] Left { get; init; }

    /// <summary>The right child of each node.</summary>
    public required int[] Right { get; init; }

    /// <summary>The column that each node looks at.</summary>
    public required int[] Feature { get; init; }

    /// <summary>Values up to and including this one go to the left.</summary>
    public required T[] Threshold { get; init; }

    /// <summary>Whether a missing value goes to the left; null where none does.</summary>
    public bool[]? MissingLeft { get; init; }

    /// <summary>The categories that go to the left, for each node that splits by them; null where none does.</summary>
    public CategorySet?[]? Categories { get; init; }

    int ITreeNodes<T>.Count => Left.Length;

    bool ITreeNodes<T>.HasMissing => MissingLeft is not null;

    int ITreeNodes<T>.Left(int node) => Left[node];

    int ITreeNodes<T>.Right(int node) => Right[node];

    int ITreeNodes<T>.Feature(int node) => Feature[node];

    T ITreeNodes<T>.Threshold(int node) => Threshold[node];

    bool ITreeNodes<T>.MissingLeft(int node) => MissingLeft![node];

    CategorySet? ITreeNodes<T>.Categories(int node) => Categories?[node];
}
