using Skiff.Models;
using Skiff.Python.Interpreter;
using Skiff.Python.Regex;

namespace Skiff.Sklearn;

/// <summary>What the text vectorizers share: a sparse row of terms for every text.</summary>
internal abstract class TextVectorizer : Transformer
{
    // Lower case, tokens and their places in the vocabulary, for Scratch.Step.
    private const int WorkPerByte = 8;

    private readonly TextAnalyzer _analyzer;

    protected TextVectorizer(EstimatorNode node)
    {
        _analyzer = TextAnalyzer.Read(node);
        IsSingle = TypeName.IsSingle(node.Optional("dtype"));
    }

    public override BlockKind? Input => BlockKind.Text;

    /// <summary>Whether it was made with <c>dtype=numpy.float32</c>.</summary>
    protected bool IsSingle { get; }

    public sealed override BlockKind Produces(BlockKind input) => BlockKind.Csr;

    public sealed override void Transform(Block x, Block y, Scratch scratch)
    {
        var texts = (TextBlock)x;
        var rows = (CsrBlock)y;
        rows.IsSingle = IsSingle;
        var state = scratch.State<AnalyzerState>();
        state.Steps = scratch.Steps;
        var row = 0;
        try
        {
            for (; row < texts.Rows; row++)
            {
                if (texts.IsMissing(row))
                {
                    throw new InputException(InputErrorKind.Value, $"row {row}: the text is missing", row);
                }

                scratch.Step((long)texts.Text(row).Length * WorkPerByte);
                AddRow(texts.Text(row), state, rows);
            }
        }
        catch (PyRaisedException e)
        {
            throw new InputException(InputErrorKind.Function, $"row {row}: {e.Message}", row, inner: e);
        }
        catch (PyBudgetException e)
        {
            throw new InputException(InputErrorKind.Function, $"row {row}: {e.Message}", row, inner: e);
        }
        finally
        {
            state.Trim();
        }
    }

    /// <summary>Appends the row of a text.</summary>
    protected abstract void AddRow(ReadOnlySpan<byte> text, AnalyzerState state, CsrBlock y);

    /// <summary>Hands every term of a text to a sink.</summary>
    protected void Analyze(ReadOnlySpan<byte> text, AnalyzerState state, TermSink sink) => _analyzer.Analyze(text, state, sink);
}
