namespace Skiff.Sklearn;

/// <summary>The nodes of one tree as a file holds them: the root first, children by their index. Nothing in them has been checked.</summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal interface ITreeNodes<T>
{
    /// <summary>How many nodes there are.</summary>
    int Count { get; }

    /// <summary>Whether missing values are sent anywhere.</summary>
    bool HasMissing { get; }

    /// <summary>The left child of a node; below zero for a leaf.</summary>
    int Left(int node);

    /// <summary>The right child of a node.</summary>
    int Right(int node);

    /// <summary>The column that a node looks at.</summary>
    int Feature(int node);

    /// <summary>Values up to and including this one go to the left.</summary>
    T Threshold(int node);

    /// <summary>Whether a missing value goes to the left at a node.</summary>
    bool MissingLeft(int node);

    /// <summary>The categories that go to the left at a node that splits by them, else null.</summary>
    CategorySet? Categories(int node);
}
