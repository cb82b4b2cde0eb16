using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A kernel of <c>sklearn.gaussian_process.kernels</c> between the rows of a request and the training rows.</summary>
internal abstract class ProcessKernel
{
    /// <summary>How many numbers of working memory <see cref="Fill"/> takes.</summary>
    public virtual int Work => 0;

    /// <summary>Refuses rows that the kernel does not take.</summary>
    /// <exception cref="InputException">It does not take them.</exception>
    public virtual void Check(DenseBlock x, Scratch scratch)
    {
    }

    /// <summary>The kernel's value for every training row.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="values">One a training row.</param>
    /// <param name="work">Working memory.</param>
    public abstract void Fill(DenseBlock x, int row, Span<double> values, Span<double> work);

    /// <summary>The kernel's value of a row with itself, as <c>diag</c> gives it.</summary>
    public abstract double Diagonal(DenseBlock x, int row);
}

/// <summary><c>ConstantKernel</c>, and <c>WhiteKernel</c>, which is zero between rows of two tables.</summary>
internal sealed class ConstantKernel(double value, double diagonal) : ProcessKernel
{
    public override void Fill(DenseBlock x, int row, Span<double> values, Span<double> work) => values.Fill(value);

    public override double Diagonal(DenseBlock x, int row) => diagonal;
}

/// <summary><c>Sum</c> and <c>Product</c>.</summary>
internal sealed class KernelPair(ProcessKernel first, ProcessKernel second, int rows, bool isProduct) : ProcessKernel
{
    public override int Work { get; } = rows + Math.Max(first.Work, second.Work);

    public override void Check(DenseBlock x, Scratch scratch)
    {
        first.Check(x, scratch);
        second.Check(x, scratch);
    }

    public override void Fill(DenseBlock x, int row, Span<double> values, Span<double> work)
    {
        var others = work[..values.Length];
        first.Fill(x, row, values, work);
        second.Fill(x, row, others, work[values.Length..]);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = isProduct ? values[i] * others[i] : values[i] + others[i];
        }
    }

    public override double Diagonal(DenseBlock x, int row) =>
        isProduct ? first.Diagonal(x, row) * second.Diagonal(x, row) : first.Diagonal(x, row) + second.Diagonal(x, row);
}

/// <summary><c>Exponentiation</c>.</summary>
internal sealed class KernelPower(ProcessKernel kernel, double exponent) : ProcessKernel
{
    public override int Work => kernel.Work;

    public override void Check(DenseBlock x, Scratch scratch) => kernel.Check(x, scratch);

    public override void Fill(DenseBlock x, int row, Span<double> values, Span<double> work)
    {
        kernel.Fill(x, row, values, work);
        foreach (ref var value in values)
        {
            value = Math.Pow(value, exponent);
        }
    }

    public override double Diagonal(DenseBlock x, int row) => Math.Pow(kernel.Diagonal(x, row), exponent);
}

/// <summary><c>DotProduct</c>.</summary>
internal sealed class DotProductKernel(Matrix rows, double sigma) : ProcessKernel
{
    private readonly LaneTable<ProductStep> _products = new(rows, new SquaredEuclideanMetric());

    public override void Fill(DenseBlock x, int row, Span<double> values, Span<double> work)
    {
        _products.Fill(x.Row(row), values);
        foreach (ref var value in values)
        {
            value += sigma * sigma;
        }
    }

    public override double Diagonal(DenseBlock x, int row) => Kernels.Dot(x.Row(row), x.Row(row)) + (sigma * sigma);
}

/// <summary><c>PairwiseKernel</c>: a kernel by name.</summary>
internal sealed class NamedProcessKernel(PairwiseKernel kernel) : ProcessKernel
{
    public override void Check(DenseBlock x, Scratch scratch) => kernel.Prepare(x, scratch);

    public override void Fill(DenseBlock x, int row, Span<double> values, Span<double> work) => kernel.Fill(new ComparedRows(x, null), row, values);

    public override double Diagonal(DenseBlock x, int row) => kernel.Diagonal(x.Row(row));
}
