using System.CommandLine;
using Skiff.Models;
using Skiff.Registry;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary>Which model a command is about: a file, a folder, or a version of a registry.</summary>
internal sealed class ModelChoice
{
    private readonly Argument<string?> _path = new("model")
    {
        Description = "The model's file, or the folder of a version. Left out with --registry.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _registry = new("--registry", "-r") { Description = "A registry's folder, in the place of a file.", HelpName = "FOLDER" };

    private readonly Option<string?> _model = new("--model", "-m") { Description = "The model, where the registry holds several.", HelpName = "NAME" };

    private readonly Option<string?> _version = new("--version", "-v") { Description = "The version; without it the one that serves when none is asked for.", HelpName = "VERSION" };

    private readonly Option<string[]> _pythonPath = new("--python-path")
    {
        Description = "A folder in which the source of Python functions is looked for; may be given several times.",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command)
    {
        command.Add(_path);
        command.Add(_registry);
        command.Add(_model);
        command.Add(_version);
        command.Add(_pythonPath);
    }

    /// <summary>Loads the model.</summary>
    /// <exception cref="CommandException">None is named, or it is not there.</exception>
    /// <exception cref="ModelLoadException">It cannot be served.</exception>
    public SklearnModel Load(ParseResult parsed, CancellationToken cancellation)
    {
        var path = parsed.GetValue(_path);
        var registry = parsed.GetValue(_registry);
        if (path is not null && registry is not null)
        {
            throw new CommandException("name either a model's file or a registry, not both");
        }

        if (path is null && registry is null)
        {
            throw new CommandException("name a model's file, or a registry with --registry");
        }

        var pythonPath = parsed.GetValue(_pythonPath) ?? [];
        if (path is null || Directory.Exists(path))
        {
            var options = new RegistryOptions { Root = path ?? registry!, PythonPath = pythonPath };
            return new SklearnModelLoader().Load(RegistrySource.Of(RegistrySource.FindIn(options.Root, options, parsed.GetValue(_model), parsed.GetValue(_version))), cancellation);
        }

        if (parsed.GetValue(_model) is not null || parsed.GetValue(_version) is not null)
        {
            throw new CommandException("--model and --version choose within a registry; a model's file is one model");
        }

        return File.Exists(path) ? SklearnModel.Load(path, new SklearnOptions { PythonPath = pythonPath }) : throw new CommandException($"there is no file {path}");
    }
}
