using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// A scikit-learn model, read from the file that Python wrote, with scikit-learn's own answers. Immutable, and safe to call from any thread.
/// </summary>
/// <example>
/// <code>
/// var model = SklearnModel.Load("model.joblib");
/// Console.WriteLine(model.Predict("this is a great product"));
///
/// using var answers = model.Run(Methods.Predict | Methods.PredictProba, rows, width: 4);
/// for (var row = 0; row &lt; answers.Predictions.Rows; row++)
/// {
///     Console.WriteLine($"{answers.Predictions.Text(row)} {answers.Probabilities.Row(row)[0]}");
/// }
/// </code>
/// </example>
public sealed partial class SklearnModel : IModel
{
    private readonly Estimator _estimator;

    internal SklearnModel(Estimator estimator, ModelSignature signature, long size)
    {
        Size = size;
        _estimator = estimator;
        Signature = signature;
        Plan = new InputPlan(signature.Input);
    }

    /// <inheritdoc/>
    public ModelSignature Signature { get; }

    /// <inheritdoc/>
    public Methods Methods => _estimator.Methods;

    /// <inheritdoc/>
    public long Size { get; }

    /// <summary>The labels of a classifier in the order of <c>classes_</c>, which is that of the columns of its probabilities; null for anything else.</summary>
    public LabelSet? Classes => Signature.Classes;

    /// <summary>How rows are handed over: <see cref="InputPlan.Begin"/> starts a table for <see cref="Run(Methods, in Table, Scratch, Results)"/>.</summary>
    public InputPlan Plan { get; }

    /// <summary>Reads a model file: joblib or pickle, compressed or not, of scikit-learn 0.22 to 1.9. Nothing in it is executed.</summary>
    /// <param name="path">The file. Python functions that the model names are looked for as source files in its folder and, within a registry, in the folders above.</param>
    /// <param name="options">Budgets and registered functions; null for the defaults.</param>
    /// <exception cref="ModelLoadException">The file is not a model that can be served; the message says what and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SklearnModel Load(string path, SklearnOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new SklearnModelLoader(options).Load(new ModelSource
        {
            Directory = folder,
            Artifacts = [Path.GetFileName(path)],
            FunctionPaths = [.. FunctionFolders.Of(folder), .. options?.PythonPath ?? []],
        });
    }

    /// <inheritdoc/>
    public void Run(Methods wanted, in Table input, Scratch scratch, Results results)
    {
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentNullException.ThrowIfNull(results);
        if ((wanted & ~Methods) != 0)
        {
            throw new InputException(
                InputErrorKind.Value,
                $"the model has no {MethodNames.List(wanted & ~Methods)}; it has {MethodNames.List(Methods)}");
        }

        try
        {
            _estimator.Run(wanted, Gather(input, scratch), scratch, results);
        }
        catch (InputException e) when (e.ColumnIndex >= 0 && e.ColumnIndex < Signature.Input.Columns.Count)
        {
            throw e.MoveTo(e.ColumnIndex, Signature.Input.Columns[e.ColumnIndex].Name);
        }
    }

    // The table as the outermost estimator takes it: its numbers or its text as they are, or all its columns.
    private Block Gather(in Table input, Scratch scratch)
    {
        if (Signature.Input.Form != InputForm.Frame)
        {
            return input.Blocks[0];
        }

        var frame = scratch.Frame(input.Rows);
        DenseBlock? unused = null;
        foreach (var column in input.Columns)
        {
            frame.Add(column.Block < 0
                ? new FrameColumn(unused ??= Missing(input.Rows, scratch), 0)
                : new FrameColumn(input.Blocks[column.Block], column.Offset));
        }

        return frame;
    }

    private static DenseBlock Missing(int rows, Scratch scratch)
    {
        var column = scratch.Dense(rows, 1);
        column.Values.Fill(double.NaN);
        return column;
    }
}
