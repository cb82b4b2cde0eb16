using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>A kernel by name between the rows of a request and fitted rows, as <c>sklearn.metrics.pairwise.pairwise_kernels</c> computes it.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/metrics/pairwise.py</c>; the same since 0.22.</remarks>
internal sealed class PairwiseKernel
{
    // Below ten times the machine's epsilon a norm counts as zero.
    private const double NegligibleNorm = 10 * 2.220446049250313e-16;

    private readonly KernelRows _rows;
    private readonly KernelFunction? _function;
    private readonly string _name;
    private readonly string _estimator;
    private readonly double _negligible;

    private PairwiseKernel(EstimatorNode node, string name, KernelRows rows, KernelFunction? function, bool isSingle)
    {
        _function = function;
        _rows = rows;
        _name = name;
        _estimator = node.ClassName;
        _negligible = Negligible(node);
        IsSingle = isSingle;
    }

    /// <summary>How many fitted rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Columns a row must have.</summary>
    public int Width => _rows.Width;

    /// <summary>Whether the fitted rows are float32.</summary>
    public bool IsSingle { get; }

    /// <summary>Whether rows may be sparse.</summary>
    public bool TakesSparse => _name is not ("chi2" or "additive_chi2" or "precomputed");

    /// <summary>Reads the kernel of an estimator with the parameters <c>gamma</c>, <c>degree</c> and <c>coef0</c>.</summary>
    /// <param name="node">The estimator.</param>
    /// <param name="rows">The attribute that holds the fitted rows.</param>
    /// <param name="gamma">The attribute that holds gamma.</param>
    /// <param name="parameters">The attribute that holds a dict of parameters, which those of the estimator replace, or null where there is none.</param>
    public static PairwiseKernel Read(EstimatorNode node, string rows, string gamma = "gamma", string? parameters = null)
    {
        var name = node.Required("kernel") as string ?? throw node.Unexpected("kernel", "the name of a kernel; a function of one's own cannot be served");
        var given = parameters is null ? null : node.Optional(parameters) is null ? null
            : node.Optional(parameters) as PyDict ?? throw node.Unexpected(parameters, "a dict");
        var fitted = Fitted.Read(node, rows);
        var values = new KernelParameters(
            Parameter(node, gamma, "gamma", given) ?? (name == "chi2" ? 1 : 1.0 / fitted.Columns),
            Parameter(node, "coef0", "coef0", given) ?? 1,
            Parameter(node, "degree", "degree", given) ?? 3);
        return Of(node, name, values, fitted, rows);
    }

    /// <summary>Makes the kernel of a name over dense rows.</summary>
    public static PairwiseKernel Of(EstimatorNode node, string name, KernelParameters parameters, Matrix rows) =>
        Of(node, name, parameters, new Fitted(rows, null, rows.Columns, rows.Rows), "X_train_");

    /// <summary>Checks the rows of a request, and makes room for one row with all its cells where sparse ones meet fitted rows that are dense.</summary>
    /// <exception cref="InputException">They have another width, are not finite, or the kernel does not take them.</exception>
    public ComparedRows Prepare(Block x, Scratch scratch)
    {
        Columns.RequireWidth(x, Width, _estimator);
        Kernels.RequireFinite(x, _estimator);
        if (x is CsrBlock sparse)
        {
            if (!TakesSparse)
            {
                throw new InputException(InputErrorKind.Value, $"{_estimator} does not accept sparse rows with the kernel {_name}");
            }

            return new ComparedRows(sparse, _rows.TakesSparse ? null : scratch.Dense(1, x.Columns), scratch);
        }

        if (_name is "chi2" or "additive_chi2")
        {
            RequireNotNegative((DenseBlock)x);
        }

        return new ComparedRows(x, null, scratch);
    }

    /// <summary>The kernel's value for every fitted row.</summary>
    /// <param name="x">Rows from <see cref="Prepare"/>.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="values">One a fitted row.</param>
    public void Fill(ComparedRows x, int row, Span<double> values)
    {
        x.Scratch?.Step(_rows.Work);
        if (x.One is null)
        {
            _rows.Fill(x.Rows, row, values);
        }
        else
        {
            NeighborEstimator.RowOf(x.Rows, row, x.One.Values);
            _rows.Fill(x.One, 0, values);
        }

        if (_name == "cosine")
        {
            var cells = x.Rows is CsrBlock sparse ? sparse.Values(row) : ((DenseBlock)x.Rows).Row(row);
            var norm = Math.Sqrt(Kernels.Dot(cells, cells));
            if (norm > (x.Rows is CsrBlock ? 0 : _negligible))
            {
                foreach (ref var value in values)
                {
                    value /= norm;
                }
            }
        }
    }

    /// <summary>The kernel's value of a row with itself; not of a kernel that is precomputed.</summary>
    public double Diagonal(ReadOnlySpan<double> row)
    {
        var square = Kernels.Dot(row, row);
        if (_name == "cosine")
        {
            return Math.Sqrt(square) > _negligible ? 1 : square;
        }

        Span<double> value = [_function!.Measure == KernelMeasure.Product ? square : 0];
        _function.Apply(value);
        return value[0];
    }

    private static PairwiseKernel Of(EstimatorNode node, string name, KernelParameters parameters, Fitted fitted, string attribute)
    {
        if (name == "precomputed")
        {
            return fitted.Count == fitted.Columns
                ? new PairwiseKernel(node, name, new PrecomputedKernel([.. Enumerable.Range(0, fitted.Count)], fitted.Count), null, fitted.Dense is { IsSingle: true })
                : throw node.Error($"'{attribute}' has the shape ({fitted.Count}, {fitted.Columns}); a kernel that is precomputed has as many columns as rows");
        }

        var function = KernelFunction.Of(name, parameters)
            ?? throw node.Error($"'{name}' is no kernel; linear, poly, polynomial, rbf, laplacian, sigmoid, cosine, chi2, additive_chi2 and precomputed are known");
        if (name == "cosine")
        {
            fitted = fitted.Normalize(Negligible(node));
        }

        var isByColumn = function.Measure is KernelMeasure.Product or KernelMeasure.SquaredDistance;
        KernelRows rows = fitted.Sparse is { } sparse && isByColumn ? new SparseKernelRows(sparse, function) : new DenseKernelRows(fitted.ToDense(node, attribute), function);
        return new PairwiseKernel(node, name, rows, function, fitted.Dense is { IsSingle: true });
    }

    // Dense rows of a norm that small are left alone since 1.0.
    private static double Negligible(EstimatorNode node) => node.Version >= new SklearnVersion(1, 0) ? NegligibleNorm : 0;

    private static double? Parameter(EstimatorNode node, string attribute, string key, PyDict? given)
    {
        if (node.Optional(attribute) is not null)
        {
            return node.Number(attribute);
        }

        return given is not null && given.TryGetValue(key, out var value) && value is not null
            ? EstimatorNode.AsNumber(value) ?? throw node.Error($"'{key}' of the kernel's parameters is {Describe.Value(value)}; expected a number")
            : null;
    }

    private void RequireNotNegative(DenseBlock x)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = x.Row(row);
            for (var j = 0; j < cells.Length; j++)
            {
                if (cells[j] < 0)
                {
                    throw InputException.AtCell(row, j, $"{_estimator} does not accept negative values with the kernel {_name}");
                }
            }
        }
    }

    /// <summary>Fitted rows as the file holds them: dense, or sparse.</summary>
    private sealed record Fitted(Matrix? Dense, Csr? Sparse, int Columns, int Count)
    {
        public static Fitted Read(EstimatorNode node, string name)
        {
            if (node.Required(name) is PyInstance instance && ScipySparse.TryReadCsr(instance, out var csr, out _))
            {
                return Checked(node, name, new Fitted(null, csr, csr.Columns, csr.Rows));
            }

            var matrix = node.Matrix(name);
            return Checked(node, name, new Fitted(matrix, null, matrix.Columns, matrix.Rows));
        }

        public Fitted Normalize(double negligible)
        {
            if (Dense is not null)
            {
                var values = Dense.Values.ToArray();
                for (var row = 0; row < Count; row++)
                {
                    RowNorm.Apply(RowNormKind.L2, values.AsSpan(row * Columns, Columns), false, negligible);
                }

                return this with { Dense = Dense with { Values = values } };
            }

            var cells = Sparse!.Values.ToArray();
            for (var row = 0; row < Count; row++)
            {
                RowNorm.Apply(RowNormKind.L2, cells.AsSpan(Sparse.RowStarts[row]..Sparse.RowStarts[row + 1]), false);
            }

            return this with { Sparse = Sparse with { Values = cells } };
        }

        public Matrix ToDense(EstimatorNode node, string name) => Dense ?? node.Matrix(name);

        private static Fitted Checked(EstimatorNode node, string name, Fitted fitted) => fitted is { Columns: > 0, Count: > 0 }
            ? fitted
            : throw node.Error($"'{name}' has no rows or no columns");
    }
}
