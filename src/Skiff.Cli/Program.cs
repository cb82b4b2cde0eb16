using System.CommandLine;

var root = new RootCommand("Serves scikit-learn models from their own files, without Python.");
return await root.Parse(args).InvokeAsync();
