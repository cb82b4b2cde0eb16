using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What regressors and classifiers share: the training rows of a Gaussian process and their kernel.</summary>
internal sealed class TrainingRows
{
    private readonly ProcessKernel _kernel;
    private readonly string _name;

    private TrainingRows(EstimatorNode node, Matrix rows)
    {
        _kernel = new KernelReader(rows).Read(node, "kernel_");
        _name = node.ClassName;
        Count = rows.Rows;
        Width = rows.Columns;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Columns a row must have.</summary>
    public int Width { get; }

    /// <summary>How many numbers of working memory a row takes.</summary>
    public int Work => _kernel.Work;

    public static TrainingRows Read(EstimatorNode node)
    {
        var rows = node.Matrix("X_train_");
        if (rows.Rows == 0 || rows.Columns == 0)
        {
            throw node.Error("'X_train_' has no rows or no columns");
        }

        return node.FeatureCount < 0 || node.FeatureCount == rows.Columns
            ? new TrainingRows(node, rows)
            : throw node.Error($"'X_train_' has {rows.Columns} columns, 'n_features_in_' is {node.FeatureCount}");
    }

    /// <summary>Checks the rows of a request.</summary>
    /// <exception cref="InputException">They are sparse, have another width, or hold what the kernel does not take.</exception>
    public DenseBlock Check(Block x, Scratch scratch)
    {
        Columns.RequireWidth(x, Width, _name);
        var rows = x as DenseBlock ?? throw new InputException(InputErrorKind.Value, $"{_name} does not accept sparse rows");
        Kernels.RequireFinite(rows, _name);
        _kernel.Check(rows, scratch);
        return rows;
    }

    // What a kernel makes of a distance: an exponential or more.
    private const int WorkPerValue = 16;

    /// <summary>How much work a row is, for <see cref="Scratch.Step"/>.</summary>
    /// <param name="isSolved">Whether a triangle as wide as there are training rows is solved for it.</param>
    public long WorkOf(bool isSolved) => Count * ((long)Width + WorkPerValue + (isSolved ? Count / 2 : 0));

    /// <summary>The kernel's value for every training row.</summary>
    public void Fill(DenseBlock x, int row, Span<double> values, Span<double> work) => _kernel.Fill(x, row, values, work);

    /// <summary>The kernel's value of a row with itself.</summary>
    public double Diagonal(DenseBlock x, int row) => _kernel.Diagonal(x, row);
}
