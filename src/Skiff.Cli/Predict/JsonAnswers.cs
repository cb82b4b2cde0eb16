using Skiff.Models;
using Skiff.Server;

namespace Skiff.Cli;

/// <summary>Answers as JSON, an object a row and line: <c>{"predict":"positive","predict_proba":[0.2,0.8]}</c>.</summary>
internal sealed class JsonAnswers(Stream output, IReadOnlyList<ModelOutput> wanted) : AnswerSink(output, wanted)
{
    protected override void WriteRow(Results results, int row)
    {
        for (var i = 0; i < Wanted.Count; i++)
        {
            Buffer.Append(i == 0 ? (byte)'{' : (byte)',');
            JsonText.AppendQuoted(Buffer, Wanted[i].Name);
            Buffer.Append((byte)':');
            ref readonly var result = ref results[Find(results, Wanted[i])];
            AnswerWriter.AppendRow(Buffer, result, Labels(result.Output), row);
        }

        Buffer.Append("}\n"u8);
    }
}
