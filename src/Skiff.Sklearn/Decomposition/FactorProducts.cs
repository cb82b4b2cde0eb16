using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the solvers for factors begin with.</summary>
internal static class FactorProducts
{
    /// <summary>The most components: their products with each other are kept.</summary>
    public const int MaxComponents = 4096;

    /// <summary>Reads <c>components_</c>.</summary>
    /// <exception cref="ModelLoadException">It has no rows, or more than <see cref="MaxComponents"/>.</exception>
    public static Matrix ReadComponents(EstimatorNode node, string name = "components_") =>
        node.Matrix(name) is { Rows: > 0 and <= MaxComponents } components
            ? components
            : throw node.Error($"'{name}' has no rows, or more than {MaxComponents}");

    /// <summary>The products of all pairs of components.</summary>
    public static double[] Of(Matrix components)
    {
        var products = new double[components.Rows * components.Rows];
        for (var i = 0; i < components.Rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = Kernels.Dot(components.Row(i), components.Row(j));
                product = components.IsSingle ? (float)product : product;
                products[(i * components.Rows) + j] = product;
                products[(j * components.Rows) + i] = product;
            }
        }

        return products;
    }

    /// <summary>The cells that are not zero, however the block holds them.</summary>
    public static CsrBlock Cells(Block x, Scratch scratch)
    {
        if (x is CsrBlock sparse)
        {
            return sparse;
        }

        var cells = scratch.Csr(x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var values = ((DenseBlock)x).Row(row);
            for (var j = 0; j < values.Length; j++)
            {
                if (values[j] != 0)
                {
                    cells.Append(j, values[j]);
                }
            }

            cells.EndRow();
        }

        return cells;
    }
}
