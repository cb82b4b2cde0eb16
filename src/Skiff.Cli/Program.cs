using System.CommandLine;
using Skiff.Cli;

var root = new RootCommand("Serves scikit-learn models from their own files, without Python.");
root.Add(RegistryCommand.Create());
return await root.Parse(args).InvokeAsync();
