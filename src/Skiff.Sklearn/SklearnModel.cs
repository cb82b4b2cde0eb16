using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// A scikit-learn model, read from the file that Python wrote, with scikit-learn's own answers. Immutable, and safe to call from any thread.
/// </summary>
/// <example>
/// <code>
/// var model = SklearnModel.Load("model.joblib");
/// Console.WriteLine(model.Predict("this is a great product"));
/// </code>
/// </example>
public sealed class SklearnModel : IModel
{
    private readonly Estimator _estimator;

    internal SklearnModel(Estimator estimator, ModelSignature signature)
    {
        _estimator = estimator;
        Signature = signature;
        Plan = new InputPlan(signature.Input);
    }

    /// <inheritdoc/>
    public ModelSignature Signature { get; }

    /// <inheritdoc/>
    public Methods Methods => _estimator.Methods;

    /// <summary>How rows are handed over: <see cref="InputPlan.Begin"/> starts a table for <see cref="Run"/>.</summary>
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
            FunctionPaths = FunctionFolders.Of(folder),
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

    /// <summary>Predicts the label, or the number, of one text.</summary>
    /// <returns>A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>.</returns>
    /// <exception cref="InputException">The model does not take a text, or refuses this one.</exception>
    public object Predict(string text) => PredictOne(writer => writer.SetText(writer.NextColumn(), Numerics.Utf8.GetBytes(text)));

    /// <summary>Predicts the label, or the number, of one row of numbers.</summary>
    /// <returns>A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>.</returns>
    /// <exception cref="InputException">The model does not take numbers, takes another number of them, or refuses these.</exception>
    public object Predict(params double[] row) => PredictOne(writer =>
    {
        foreach (var value in row)
        {
            writer.SetNumber(writer.NextColumn(), value);
        }
    });

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

    private object PredictOne(Action<TableWriter> writeRow)
    {
        var scratch = ScratchPool.Shared.Rent();
        try
        {
            var writer = Plan.Begin(scratch);
            writer.BeginRow();
            writeRow(writer);
            writer.EndRow();
            var results = new Results();
            Run(Methods.Predict, writer.End(), scratch, results);
            ref readonly var result = ref results[0];
            return result.Output.Kind switch
            {
                OutputKind.Label => result.Output.Labels!.Values[result.Codes![0]],
                OutputKind.Int64 => (long)result.Codes![0],
                _ => ((DenseBlock)result.Numbers!).Row(0)[0],
            };
        }
        finally
        {
            ScratchPool.Shared.Return(scratch);
        }
    }
}
