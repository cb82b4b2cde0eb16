namespace Skiff.Sklearn;

/// <summary>Whose cells the lanes of a walk look at.</summary>
internal interface ILaneLayout
{
    /// <summary>From one lane's cell to the next lane's.</summary>
    static abstract int Step { get; }
}

/// <summary>Each lane is a row of its own, down the same tree.</summary>
internal readonly struct LaneOfRows : ILaneLayout
{
    public static int Step => 1;
}

/// <summary>Each lane is a tree of its own, with the same row.</summary>
internal readonly struct LaneOfTrees : ILaneLayout
{
    public static int Step => 0;
}
