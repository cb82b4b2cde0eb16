using System.CommandLine;
using Skiff.Models;

namespace Skiff.Cli;

/// <summary>The options of <c>skiff predict</c>, and what they come to.</summary>
internal sealed class PredictSymbols
{
    private readonly Option<string?> _csv = Rows("--csv", "Rows as CSV; the first line names the columns, in any order. Without a file: standard input.");
    private readonly Option<string?> _json = Rows("--json", "Rows as JSON, as /predict takes them: a row a line, or all in one list; a row a line where a row may be a list of any length.");
    private readonly Option<string?> _text = Rows("--text", "A text a line.");
    private readonly Option<string?> _separator = new("--separator") { Description = "What stands between the cells of a CSV file; a comma, or a tab where the file is called .tsv.", HelpName = "CHARACTER" };
    private readonly Option<string?> _outputFormat = new("--output-format") { Description = "csv, or json: an object a line. Without it, json for rows as JSON.", HelpName = "csv|json" };

    public PredictSymbols() => _outputFormat.AcceptOnlyFromAmong("csv", "json");

    public ModelChoice Model { get; } = new();

    public Option<bool> NoHeader { get; } = new("--no-header") { Description = "The first line of the CSV file is a row; columns come in the model's order." };

    public Option<string?> Outputs { get; } = new("--outputs") { Description = "What is asked for: predict, or several such as predict,predict_proba.", HelpName = "NAMES" };

    public Option<string?> Output { get; } = new("--output", "-o") { Description = "Where the answers go; the file appears once it is whole. Without it: standard output.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        Model.AddTo(command);
        command.Add(_csv);
        command.Add(_json);
        command.Add(_text);
        command.Add(_separator);
        command.Add(NoHeader);
        command.Add(Outputs);
        command.Add(_outputFormat);
        command.Add(Output);
    }

    /// <exception cref="CommandException">The options contradict each other.</exception>
    public void Check(ParseResult parsed)
    {
        if (new[] { _csv, _json, _text }.Count(option => IsGiven(parsed, option)) > 1)
        {
            throw new CommandException("give rows in one way: --csv, --json or --text");
        }
    }

    /// <summary>How the rows are written: as it is said, else as texts for a model of texts, as JSON for one of lists or objects, and as CSV for any other.</summary>
    public InputFormat Format(ParseResult parsed, InputForm form) =>
        IsGiven(parsed, _csv) ? InputFormat.Csv
        : IsGiven(parsed, _json) ? InputFormat.Json
        : IsGiven(parsed, _text) || form == InputForm.Text ? InputFormat.Text
        : form == InputForm.Json ? InputFormat.Json
        : InputFormat.Csv;

    /// <summary>The file of the rows, or null.</summary>
    public string? Input(ParseResult parsed)
    {
        var path = parsed.GetValue(_csv) ?? parsed.GetValue(_json) ?? parsed.GetValue(_text);
        return path is null or "-" || File.Exists(path) ? path
            : throw new CommandException(Directory.Exists(path) ? $"{path} is a folder; name a file of rows" : $"there is no file {path}");
    }

    public char Separator(ParseResult parsed, string? path) => parsed.GetValue(_separator) switch
    {
        null => path is not null && path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',',
        "\\t" or "tab" => '\t',
        { Length: 1 } given when given[0] is > ' ' and < (char)127 and not '"' && !char.IsAsciiLetterOrDigit(given[0]) => given[0],
        "\t" => '\t',
        var given => throw new CommandException($"--separator is \"{given}\"; one character such as ; or | or \\t is possible"),
    };

    public bool OutputsAsJson(ParseResult parsed, InputFormat format) => parsed.GetValue(_outputFormat) is { } given ? given == "json" : format == InputFormat.Json;

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static Option<string?> Rows(string name, string description) => new(name) { Description = description, HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
}
