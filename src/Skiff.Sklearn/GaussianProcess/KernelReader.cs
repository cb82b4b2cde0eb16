using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads the kernel of a Gaussian process, and those that it is made of.</summary>
/// <param name="rows">The training rows.</param>
internal sealed class KernelReader(Matrix rows)
{
    // More than any kernel has; it keeps a hostile file, in which one kernel stands for many, from growing without end.
    private const int MostKernels = 200;

    private int _count;

    /// <summary>Reads the kernel that an attribute of an estimator or of a kernel holds.</summary>
    public ProcessKernel Read(EstimatorNode outer, string attribute)
    {
        if (outer.Required(attribute) is not PyInstance { Type.Module: "sklearn.gaussian_process.kernels" } instance)
        {
            throw outer.Unexpected(attribute, "a kernel of sklearn.gaussian_process.kernels");
        }

        if (++_count > MostKernels)
        {
            throw outer.Error($"'{attribute}': the kernel is made of more than {MostKernels}");
        }

        return Of(new EstimatorNode(outer.Context, instance, instance.Type.Name, outer.Join(attribute)));
    }

    private ProcessKernel Of(EstimatorNode node)
    {
        switch (node.ClassName)
        {
            case "ConstantKernel":
                var constant = node.Number("constant_value");
                return new ConstantKernel(constant, constant);
            case "WhiteKernel":
                return new ConstantKernel(0, node.Number("noise_level"));
            case "RBF":
                return new DistanceKernel(rows, Scales(node), DistanceForm.Radial);
            case "Matern":
                return new DistanceKernel(rows, Scales(node), DistanceForm.Matern, Positive(node, "nu"));
            case "RationalQuadratic":
                return new DistanceKernel(rows, [1], DistanceForm.RationalQuadratic, node.Number("alpha"), node.Number("length_scale"));
            case "ExpSineSquared":
                return new DistanceKernel(rows, [1], DistanceForm.Periodic, node.Number("periodicity"), node.Number("length_scale"));
            case "DotProduct":
                return new DotProductKernel(rows, node.Number("sigma_0"));
            case "PairwiseKernel":
                return Named(node);
            case "Sum":
                return new KernelPair(Read(node, "k1"), Read(node, "k2"), rows.Rows, isProduct: false);
            case "Product":
                return new KernelPair(Read(node, "k1"), Read(node, "k2"), rows.Rows, isProduct: true);
            case "Exponentiation":
                return new KernelPower(Read(node, "kernel"), node.Number("exponent"));
            default:
                throw node.Error("it is not supported as the kernel of a Gaussian process");
        }
    }

    private NamedProcessKernel Named(EstimatorNode node)
    {
        var name = node.Required("metric") as string ?? throw node.Unexpected("metric", "the name of a kernel; a function of one's own cannot be served");
        if (name == "precomputed")
        {
            throw node.Error("'metric' is precomputed, which a Gaussian process cannot answer with");
        }

        var given = node.Optional("pairwise_kernels_kwargs") is null ? null
            : node.Optional("pairwise_kernels_kwargs") as PyDict ?? throw node.Unexpected("pairwise_kernels_kwargs", "a dict");
        return new NamedProcessKernel(PairwiseKernel.Of(node, name, new KernelParameters(node.Number("gamma"), Given("coef0", 1), Given("degree", 3)), rows));

        double Given(string key, double missing) => given is not null && given.TryGetValue(key, out var value)
            ? EstimatorNode.AsNumber(value) ?? throw node.Error($"'pairwise_kernels_kwargs': '{key}' is {Describe.Value(value)}; expected a number")
            : missing;
    }

    private double[] Scales(EstimatorNode node)
    {
        var scales = node.Required("length_scale") is PyList or PyTuple
            ? [.. node.List("length_scale").Select(item => EstimatorNode.AsNumber(item) ?? throw node.Unexpected("length_scale", "numbers"))]
            : node.Vector("length_scale");
        return scales.Length == 1 || scales.Length == rows.Columns
            ? scales
            : throw node.Error($"'length_scale' has {scales.Length} numbers, the training rows have {rows.Columns} columns");
    }

    private static double Positive(EstimatorNode node, string name) =>
        node.Number(name) is > 0 and var value ? value : throw node.Unexpected(name, "a number above zero");
}
