using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The one function of a support vector machine without classes: a weighted sum of the kernel's values.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/svm/src/libsvm/svm.cpp</c>, <c>svm_predict_values</c>; the same since 0.22.</remarks>
internal sealed class SvmFunction
{
    private readonly KernelRows _vectors;
    private readonly double[] _weights;
    private readonly double _intercept;
    private readonly string _name;

    private SvmFunction(EstimatorNode node, KernelRows vectors)
    {
        _vectors = vectors;
        _name = node.ClassName;
        _weights = SvmReader.Weights(node, 1, vectors.Count).Values;
        _intercept = node.Vector("_intercept_", 1)[0];
    }

    /// <summary>Columns a row must have.</summary>
    public int Width => _vectors.Width;

    public static SvmFunction Read(EstimatorNode node) => new(node, SvmReader.Vectors(node));

    /// <summary>Judges whether it can be fed with blocks of a kind.</summary>
    public void CheckInput(BlockKind kind) => SvmReader.CheckInput(_vectors, kind, _name);

    /// <summary>The value of every row.</summary>
    public DenseBlock Run(Block x, Scratch scratch)
    {
        SvmReader.CheckRows(_vectors, x, _name);
        var y = scratch.Dense(x.Rows, 1);
        var kernel = scratch.Dense(1, _vectors.Count).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step(_vectors.Work);
            _vectors.Fill(x, row, kernel);
            y.Row(row)[0] = Kernels.Dot(_weights, kernel) + _intercept;
        }

        return y;
    }
}
