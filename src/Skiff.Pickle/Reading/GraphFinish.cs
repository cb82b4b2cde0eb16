using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>
/// The last pass over a graph: what was still becoming gives way to what it became, and the depth is measured. It walks with a stack of its
/// own, each value once.
/// </summary>
internal sealed class GraphFinish
{
    private const int InProgress = -1;

    private readonly Stack<Visit> _path = new();
    private readonly Dictionary<NdArray, int> _arrayDepths = new(ReferenceEqualityComparer.Instance);
    private readonly int _maxDepth;

    private GraphFinish(int maxDepth)
    {
        _maxDepth = maxDepth;
    }

    /// <summary>Walks everything that <paramref name="root"/> holds.</summary>
    /// <exception cref="PickleException">Values lie deeper within each other than <paramref name="maxDepth"/>.</exception>
    public static void Run(object? root, int maxDepth) => new GraphFinish(maxDepth).Walk(root);

    private void Walk(object? root)
    {
        Enter(root);
        while (_path.TryPop(out var visit))
        {
            var inner = visit.Deepest;
            var next = visit.Next;
            var entered = false;
            while (next < visit.Children.Count && !entered)
            {
                var child = visit.Children[next];
                var depth = DepthOf(child);
                if (depth == 0)
                {
                    // Come back to the same child when it has been walked.
                    _path.Push(visit with { Next = next, Deepest = inner });
                    entered = true;
                    Enter(child);
                    continue;
                }

                inner = Math.Max(inner, depth);
                next++;
            }

            if (!entered)
            {
                Leave(visit.Node, inner + 1);
            }
        }
    }

    /// <summary>Starts with a value that holds others; any other value has no depth.</summary>
    private void Enter(object? node)
    {
        if (node is not (PyContainer or NdArray { Type.Kind: DTypeKind.Object }))
        {
            return;
        }

        if (_path.Count >= _maxDepth)
        {
            throw TooDeep();
        }

        SetDepth(node, InProgress);
        _path.Push(new Visit(node, GraphChildren.Resolve(node), 0, 0));
    }

    private void Leave(object node, int depth)
    {
        if (depth > _maxDepth)
        {
            throw TooDeep();
        }

        SetDepth(node, depth);
    }

    private int DepthOf(object? node) => node switch
    {
        PyContainer container => container.Depth,
        NdArray { Type.Kind: DTypeKind.Object } array => _arrayDepths.GetValueOrDefault(array),
        _ => InProgress,
    };

    private void SetDepth(object node, int depth)
    {
        if (node is PyContainer container)
        {
            container.Depth = depth;
        }
        else
        {
            _arrayDepths[(NdArray)node] = depth;
        }
    }

    private PickleException TooDeep() => new($"Values lie more than {_maxDepth} levels within each other (PickleOptions.MaxDepth)");

    private readonly record struct Visit(object Node, List<object> Children, int Next, int Deepest);
}
