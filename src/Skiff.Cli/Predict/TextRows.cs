using System.Text;
using Skiff.Models;

namespace Skiff.Cli;

/// <summary>A text a line, whatever it holds.</summary>
internal sealed class TextRows : RowSource
{
    private readonly StreamReader _reader;
    private readonly string _name;

    public TextRows(Stream stream, string name, ModelInput input)
    {
        if (input.Form != InputForm.Text)
        {
            throw new CommandException($"the model takes {InputText.Describe(input)}, not lines of text; give them with --csv or --json");
        }

        _name = name;
        _reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
    }

    public override bool TryWrite(TableWriter writer)
    {
        Line++;
        string? line;
        try
        {
            line = _reader.ReadLine();
        }
        catch (DecoderFallbackException e)
        {
            throw new CommandException($"{_name}: the file is not UTF-8", e);
        }

        if (line is null)
        {
            return false;
        }

        writer.BeginRow();
        writer.SetText(writer.NextColumn(), line.AsSpan());
        writer.EndRow();
        return true;
    }

    public override void Dispose() => _reader.Dispose();
}
