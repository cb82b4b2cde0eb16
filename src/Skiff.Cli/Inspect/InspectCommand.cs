using System.CommandLine;
using Skiff.Pickle;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary><c>skiff inspect FILE [--json]</c>: what is in a model file, without executing anything of it.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The model file: any pickle or joblib file, compressed or not." };
        var json = new Option<bool>("--json") { Description = "Write JSON rather than a tree." };
        var paths = new Option<string[]>("--python-path") { Description = "A folder in which the source of Python functions is looked for; may be given several times." };
        var command = new Command("inspect", "Shows what is in a model file, without executing anything of it.") { file, json, paths };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(json), parsed.GetValue(paths) ?? []));
        return command;
    }

    private static int Run(FileInfo file, bool json, string[] paths)
    {
        try
        {
            var report = ModelInspector.Inspect(file.FullName, paths);
            using var output = Console.OpenStandardOutput();
            if (json)
            {
                ReportJson.Write(report, output);
            }
            else
            {
                output.Write(System.Text.Encoding.UTF8.GetBytes(ReportText.Render(report)));
            }

            return 0;
        }
        catch (Exception e) when (e is PickleException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file.Name}: {e.Message}");
            return 1;
        }
    }
}
