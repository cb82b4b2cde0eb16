using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>DictionaryLearning</c>, <c>MiniBatchDictionaryLearning</c> and <c>SparseCoder</c>: the few atoms of a dictionary by which each row can be given.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_dict_learning.py</c>, <c>_BaseSparseCoding._transform</c> and <c>_sparse_encode_precomputed</c>. The
/// dictionary of a <c>SparseCoder</c> is <c>components_</c> until 0.23 and <c>dictionary</c> later. Without <c>transform_alpha</c> its weight is 1, since
/// 1.2 the <c>alpha</c> that the dictionary was learned with.
/// </remarks>
internal sealed class SparseCoding : NumericTransformer
{
    private readonly LinearFunction _projection;
    private readonly CodeSolver? _solver;
    private readonly double _threshold;
    private readonly bool _isPositive;
    private readonly bool _splitsSign;
    private readonly bool _isSingle;

    private SparseCoding(EstimatorNode node, Matrix atoms)
        : base(node, atoms.Columns)
    {
        _isSingle = atoms.IsSingle;
        _projection = new LinearFunction(atoms, [0]);
        _splitsSign = node.Flag("split_sign", false);
        _isPositive = node.Flag("positive_code", false);
        var algorithm = node.Text("transform_algorithm");
        if (_isPositive && algorithm is "omp" or "lars")
        {
            throw node.Error($"'positive_code' is not possible with 'transform_algorithm' {algorithm}");
        }

        _solver = algorithm == "threshold" ? null : Solver(node, atoms, algorithm);
        _threshold = algorithm == "threshold" ? Weight(node) : 0;
    }

    public static Estimator Read(EstimatorNode node) => new SparseCoding(node, FactorProducts.ReadComponents(node));

    public static Estimator ReadCoder(EstimatorNode node) => new SparseCoding(node, FactorProducts.ReadComponents(node, node.Has("dictionary") ? "dictionary" : "components_"));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override int Width(int inputWidth) => _splitsSign ? 2 * _projection.Outputs : _projection.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var products = _projection.Run(x, scratch);
        var work = scratch.Dense(_solver?.WorkRows ?? 0, _projection.Outputs);
        var order = scratch.Integers(_projection.Outputs);
        for (var row = 0; row < x.Rows; row++)
        {
            var target = ((DenseBlock)y).Row(row);
            var code = target[.._projection.Outputs];
            if (_solver is null)
            {
                Shrink(products.Row(row), code);
            }
            else
            {
                _solver.Solve(products.Row(row), Kernels.Dot(rows.Row(row), rows.Row(row)), code, work, order, scratch);
            }

            if (_splitsSign)
            {
                Split(target);
            }
        }

        y.IsSingle = false;
        if (_isSingle && x.IsSingle)
        {
            Singles.Round((DenseBlock)y);
        }
    }

    private static CodeSolver Solver(EstimatorNode node, Matrix atoms, string algorithm)
    {
        var gram = FactorProducts.Of(atoms);
        switch (algorithm)
        {
            case "omp":
                return new OrthogonalPursuit(gram, atoms.Rows, Atoms(node, atoms, atoms.Rows), Math.Pow(2, atoms.IsSingle ? -23 : -52));
            case "lars":
                return new LeastAngle(gram, atoms.Rows, new(false, 0, Atoms(node, atoms, SolverLimits.MaxIterations), false, atoms.Columns, Rounds(node)));
            case "lasso_lars":
                return new LeastAngle(gram, atoms.Rows, new(true, Weight(node) / atoms.Columns, Iterations(node), node.Flag("positive_code", false), atoms.Columns, Rounds(node)));
            case "lasso_cd":
                var isRecent = node.Version >= new SklearnVersion(1, 8);
                var weight = Weight(node) / atoms.Columns * atoms.Columns;
                return new LassoDescent(gram, atoms.Rows, new(weight, Iterations(node), node.Flag("positive_code", false), isRecent ? 1e-8 : 1e-4, isRecent, node.Version >= new SklearnVersion(1, 9)));
            default:
                throw node.Unexpected("transform_algorithm", "'omp', 'lars', 'lasso_lars', 'lasso_cd' or 'threshold'");
        }
    }

    private static bool Rounds(EstimatorNode node) => node.Version >= new SklearnVersion(1, 0);

    private static int Iterations(EstimatorNode node) => node.Has("transform_max_iter") ? SolverLimits.Iterations(node, "transform_max_iter") : 1000;

    // A tenth of the features unless the file says how many.
    private static int Atoms(EstimatorNode node, Matrix atoms, int highest) => node.Optional("transform_n_nonzero_coefs") is null
        ? Math.Min(Math.Max(atoms.Columns / 10, 1), atoms.Rows)
        : node.CheckedInteger("transform_n_nonzero_coefs", 1, highest);

    private static double Weight(EstimatorNode node)
    {
        var learned = node.Version >= new SklearnVersion(1, 2) && node.Has("alpha") ? "alpha" : null;
        var name = node.Optional("transform_alpha") is null ? learned : "transform_alpha";
        return name is null ? 1
            : node.Number(name) is >= 0 and var weight && double.IsFinite(weight) ? weight
            : throw node.Unexpected(name, "a number that is not negative");
    }

    private static void Split(Span<double> code)
    {
        var half = code.Length / 2;
        for (var k = 0; k < half; k++)
        {
            var weight = code[k];
            code[k] = Math.Max(weight, 0);
            code[half + k] = -Math.Min(weight, 0);
        }
    }

    private void Shrink(ReadOnlySpan<double> products, Span<double> code)
    {
        for (var k = 0; k < code.Length; k++)
        {
            var size = Math.Max(Math.Abs(products[k]) - _threshold, 0);
            code[k] = products[k] > 0 ? size : products[k] < 0 && !_isPositive ? -size : 0;
        }
    }
}
