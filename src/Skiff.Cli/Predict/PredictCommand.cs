using System.CommandLine;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary><c>skiff predict</c>: answers about the rows of a file.</summary>
internal static class PredictCommand
{
    private const string StandardInput = "-";

    internal static Command Create(StandardStreams streams)
    {
        var symbols = new PredictSymbols();
        var command = new Command("predict", "Answers about the rows of a CSV, JSON or text file, or of standard input.");
        symbols.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, symbols, streams, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, PredictSymbols symbols, StandardStreams streams, CancellationToken cancellation)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            symbols.Check(parsed);
            var model = symbols.Model.Load(parsed, cancellation);
            using var target = OutputFile.Open(parsed.GetValue(symbols.Output), streams.Output);
            Predict(parsed, symbols, model, (streams, target.Stream, error), cancellation);
            target.Commit();
            return 0;
        }
        catch (Exception e) when (e is CommandException or ModelLoadException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"skiff predict: {e.Message}");
            return 1;
        }
    }

    private static void Predict(ParseResult parsed, PredictSymbols symbols, SklearnModel model, (StandardStreams Standard, Stream Answers, TextWriter Error) streams, CancellationToken cancellation)
    {
        var format = symbols.Format(parsed, model.Signature.Input.Form);
        var path = symbols.Input(parsed);
        var isFile = path is not (null or StandardInput);
        var name = isFile ? path! : "standard input";
        using var input = new CountingStream(isFile ? File.OpenRead(path!) : streams.Standard.Input());
        var separator = symbols.Separator(parsed, path);
        using RowSource source = format switch
        {
            InputFormat.Csv => new CsvRows(input, name, model.Plan, separator, hasHeader: !parsed.GetValue(symbols.NoHeader)),
            InputFormat.Json => new JsonRows(input, name, model.Plan),
            _ => new TextRows(input, name, model.Signature.Input),
        };
        var wanted = OutputChoice.Read(model.Signature.Outputs, parsed.GetValue(symbols.Outputs));
        AnswerSink sink = symbols.OutputsAsJson(parsed, format)
            ? new JsonAnswers(streams.Answers, wanted)
            : new CsvAnswers(streams.Answers, wanted, model.Classes, separator);
        var progress = streams.Standard.IsWatched ? new Progress(streams.Error, isFile ? new FileInfo(path!).Length : 0, TimeProvider.System) : null;
        try
        {
            new PredictRun(model, source, name, sink).All(
                wanted.Aggregate(Methods.None, (methods, next) => methods | next.Method),
                progress is null ? null : rows => progress.Report(input.Count, rows),
                cancellation);
        }
        finally
        {
            progress?.Clear();
        }
    }
}
