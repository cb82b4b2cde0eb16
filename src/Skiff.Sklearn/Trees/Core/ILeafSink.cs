namespace Skiff.Sklearn;

/// <summary>Takes the leaves that rows arrive at: for each row tree after tree, in order.</summary>
internal interface ILeafSink
{
    /// <summary>A row has arrived.</summary>
    /// <param name="row">The row.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="leaf">The leaf, counted over all trees.</param>
    void Take(int row, int tree, int leaf);
}
