using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Skiff.Sklearn;

/// <summary>
/// Walks eight lanes side by side: eight rows down one tree, or one row down eight trees. A single walk waits for memory at every node; eight
/// of them wait together.
/// </summary>
/// <remarks>
/// No index is checked here: <see cref="TreeBuilder{T}"/> has, and a row has every column that a node looks at. A lane that has reached its leaf
/// stays there while the others go on.
/// </remarks>
internal static class TreeWalk
{
    /// <summary>How many walk side by side.</summary>
    public const int Lanes = 8;

    /// <summary>Walks every lane to its leaf.</summary>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="rows">The cells of all lanes' rows.</param>
    /// <param name="offsets">Where each lane's row starts.</param>
    /// <param name="places">Where each lane starts; receives the number of the leaf where it ends.</param>
    /// <param name="rule">How a value is sent on.</param>
    public static void Run<T, TRule>(TreeNode<T>[] nodes, T[] rows, ReadOnlySpan<int> offsets, Span<int> places, TRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, ISplitRule<T>
    {
        Debug.Assert(offsets.Length == Lanes && places.Length == Lanes, "There are eight lanes.");
        ref var node = ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(nodes);
        ref var cell = ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(rows);
        ref var row0 = ref Unsafe.Add(ref cell, offsets[0]);
        ref var row1 = ref Unsafe.Add(ref cell, offsets[1]);
        ref var row2 = ref Unsafe.Add(ref cell, offsets[2]);
        ref var row3 = ref Unsafe.Add(ref cell, offsets[3]);
        ref var row4 = ref Unsafe.Add(ref cell, offsets[4]);
        ref var row5 = ref Unsafe.Add(ref cell, offsets[5]);
        ref var row6 = ref Unsafe.Add(ref cell, offsets[6]);
        ref var row7 = ref Unsafe.Add(ref cell, offsets[7]);
        int at0 = places[0], at1 = places[1], at2 = places[2], at3 = places[3];
        int at4 = places[4], at5 = places[5], at6 = places[6], at7 = places[7];
        int moved;
        do
        {
            moved = Step(ref node, ref row0, ref at0, rule);
            moved |= Step(ref node, ref row1, ref at1, rule);
            moved |= Step(ref node, ref row2, ref at2, rule);
            moved |= Step(ref node, ref row3, ref at3, rule);
            moved |= Step(ref node, ref row4, ref at4, rule);
            moved |= Step(ref node, ref row5, ref at5, rule);
            moved |= Step(ref node, ref row6, ref at6, rule);
            moved |= Step(ref node, ref row7, ref at7, rule);
        }
        while (moved != 0);

        places[0] = Unsafe.Add(ref node, at0).Leaf;
        places[1] = Unsafe.Add(ref node, at1).Leaf;
        places[2] = Unsafe.Add(ref node, at2).Leaf;
        places[3] = Unsafe.Add(ref node, at3).Leaf;
        places[4] = Unsafe.Add(ref node, at4).Leaf;
        places[5] = Unsafe.Add(ref node, at5).Leaf;
        places[6] = Unsafe.Add(ref node, at6).Leaf;
        places[7] = Unsafe.Add(ref node, at7).Leaf;
    }

    // One node further; not zero where that is another node.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step<T, TRule>(ref TreeNode<T> nodes, ref T row, ref int at, TRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, ISplitRule<T>
    {
        ref var node = ref Unsafe.Add(ref nodes, at);
        var next = node.Child + rule.GoesRight(node, Unsafe.Add(ref row, TRule.Column(node)));
        var moved = next ^ at;
        at = next;
        return moved;
    }
}
