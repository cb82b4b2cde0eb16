using System.CommandLine;
using Skiff.Cli;
using Skiff.CommandLine;
using Skiff.Server;
using Skiff.Sklearn;

var root = new RootCommand("Serves scikit-learn models from their own files, without Python.")
{
    ServeCommand.Create(new SklearnModelLoader()),
    HealthCommand.Create("skiff", SkiffHostOptions.DefaultPort),
    PredictCommand.Create(StandardStreams.Process),
    InspectCommand.Create(),
    AddCommand.Create(),
    RegistryCommand.Create(),
};

// The server ends by itself when it is told to, and takes the time that its drain needs.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
