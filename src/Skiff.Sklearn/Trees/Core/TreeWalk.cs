using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Skiff.Sklearn;

/// <summary>
/// Walks eight lanes side by side: eight rows down one tree, or one row down eight trees. A single walk waits for memory at every node; eight
/// of them wait together.
/// </summary>
/// <remarks>
/// Eight rows lie together as a group, column by column, so that one address serves all lanes, and nodes point at each other in bytes: a step
/// is nine instructions, where it was over twenty with rows one behind the other and nodes by their number. No index is checked here:
/// <see cref="TreeBuilder{T}"/> has, and a group has every column that a node looks at. A lane that has reached its leaf stays there while the
/// others go on.
/// </remarks>
internal static class TreeWalk
{
    /// <summary>How many walk side by side.</summary>
    public const int Lanes = 8;

    // Steps that are not followed by the question whether all have arrived.
    private const int BlindSteps = 2;

    /// <summary>Walks every lane to its leaf.</summary>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="cells">The first cell of the first lane.</param>
    /// <param name="places">The root where each lane starts, in bytes; receives the number of the leaf where it ends.</param>
    /// <param name="rule">How a value is sent on.</param>
    public static void Run<T, TRule, TLayout>(TreeNode<T>[] nodes, ref T cells, Span<int> places, TRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, ISplitRule<T>
        where TLayout : struct, ILaneLayout
    {
        Debug.Assert(places.Length == Lanes, "There are eight lanes.");
        ref var node = ref Unsafe.As<TreeNode<T>, byte>(ref MemoryMarshal.GetArrayDataReference(nodes));
        nint at0 = places[0], at1 = places[1], at2 = places[2], at3 = places[3];
        nint at4 = places[4], at5 = places[5], at6 = places[6], at7 = places[7];
        nint moved;
        do
        {
            for (var i = 0; i < BlindSteps; i++)
            {
                at0 = Step(ref node, ref cells, at0, rule);
                at1 = Step(ref node, ref Unsafe.Add(ref cells, TLayout.Step), at1, rule);
                at2 = Step(ref node, ref Unsafe.Add(ref cells, 2 * TLayout.Step), at2, rule);
                at3 = Step(ref node, ref Unsafe.Add(ref cells, 3 * TLayout.Step), at3, rule);
                at4 = Step(ref node, ref Unsafe.Add(ref cells, 4 * TLayout.Step), at4, rule);
                at5 = Step(ref node, ref Unsafe.Add(ref cells, 5 * TLayout.Step), at5, rule);
                at6 = Step(ref node, ref Unsafe.Add(ref cells, 6 * TLayout.Step), at6, rule);
                at7 = Step(ref node, ref Unsafe.Add(ref cells, 7 * TLayout.Step), at7, rule);
            }

            moved = Move(ref node, ref cells, ref at0, rule);
            moved |= Move(ref node, ref Unsafe.Add(ref cells, TLayout.Step), ref at1, rule);
            moved |= Move(ref node, ref Unsafe.Add(ref cells, 2 * TLayout.Step), ref at2, rule);
            moved |= Move(ref node, ref Unsafe.Add(ref cells, 3 * TLayout.Step), ref at3, rule);
            moved |= Move(ref node, ref Unsafe.Add(ref cells, 4 * TLayout.Step), ref at4, rule);
            moved |= Move(ref node, ref Unsafe.Add(ref cells, 5 * TLayout.Step), ref at5, rule);
            moved |= Move(ref node, ref Unsafe.Add(ref cells, 6 * TLayout.Step), ref at6, rule);
            moved |= Move(ref node, ref Unsafe.Add(ref cells, 7 * TLayout.Step), ref at7, rule);
        }
        while (moved != 0);

        places[0] = At<T>(ref node, at0).Leaf;
        places[1] = At<T>(ref node, at1).Leaf;
        places[2] = At<T>(ref node, at2).Leaf;
        places[3] = At<T>(ref node, at3).Leaf;
        places[4] = At<T>(ref node, at4).Leaf;
        places[5] = At<T>(ref node, at5).Leaf;
        places[6] = At<T>(ref node, at6).Leaf;
        places[7] = At<T>(ref node, at7).Leaf;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TreeNode<T> At<T>(ref byte nodes, nint place) => ref Unsafe.As<byte, TreeNode<T>>(ref Unsafe.AddByteOffset(ref nodes, place));

    // One node further. What is added is never negative, and as an unsigned number costs no extension.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Step<T, TRule>(ref byte nodes, ref T cells, nint at, TRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, ISplitRule<T>
    {
        ref var node = ref At<T>(ref nodes, at);
        var value = Unsafe.Add(ref cells, (nuint)(uint)TRule.Column(node));
        return (nint)((uint)node.Child + ((uint)rule.GoesRight(node, value) * (uint)Unsafe.SizeOf<TreeNode<T>>()));
    }

    // One node further; not zero where that is another node.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Move<T, TRule>(ref byte nodes, ref T cells, ref nint at, TRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, ISplitRule<T>
    {
        var next = Step(ref nodes, ref cells, at, rule);
        var moved = next ^ at;
        at = next;
        return moved;
    }
}
