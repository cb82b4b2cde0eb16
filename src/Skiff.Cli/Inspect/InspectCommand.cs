using System.CommandLine;
using System.Text;
using Skiff.Pickle;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary><c>skiff inspect FILE [--json]</c>: what is in a model file, without executing anything of it.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The model file: any pickle or joblib file, compressed or not. Or a folder: what skiff add would make of it." };
        var json = new Option<bool>("--json") { Description = "Write JSON rather than a tree." };
        var paths = new Option<string[]>("--python-path") { Description = "A folder in which the source of Python functions is looked for; may be given several times." };
        var command = new Command("inspect", "Shows what is in a model file, without executing anything of it.") { file, json, paths };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(json), parsed.GetValue(paths) ?? []));
        return command;
    }

    private static int Run(string path, bool json, string[] paths)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            if (Directory.Exists(path))
            {
                using var plan = AddPlan.Make(new AddRequest { Sources = [path] }, CancellationToken.None);
                WriteFolder(plan, json, output);
                return 0;
            }

            var report = ModelInspector.Inspect(Path.GetFullPath(path), paths);
            if (json)
            {
                ReportJson.Write(report, output);
            }
            else
            {
                output.Write(Encoding.UTF8.GetBytes(ReportText.Render(report) + AddText.OfBundle(path, report)));
            }

            return 0;
        }
        catch (Exception e) when (e is PickleException or CommandException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{path}: {e.Message}");
            return 1;
        }
    }

    private static void WriteFolder(AddPlan plan, bool json, Stream output)
    {
        if (json)
        {
            ReportJson.Write(plan, output);
        }
        else
        {
            output.Write(Encoding.UTF8.GetBytes(AddText.OfFolder(plan)));
        }
    }
}
