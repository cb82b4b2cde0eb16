using System.Text;
using Skiff.TestKit.Pickles;
using static Skiff.Sklearn.Tests.Hostile.HostileModels;
using static Skiff.TestKit.Pickles.PickleAssembler;
using static Skiff.TestKit.Pickles.PickleValue;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>Files that execute something where Python loads them. Whatever they execute would make an empty file.</summary>
internal static class HostileCalls
{
    private const string Runs = "runs a command";

    public static IEnumerable<HostileFile> All =>
    [
        new("os-system.pkl", Runs, made => Whole(Command(made))),
        new("os-system-in-joblib-protocol-0.pkl", Runs, made => new PickleAssembler().Ascii($"cposix\nsystem\n(S'touch {made}'\ntR.").ToArray()),
        new("subprocess-popen.pkl", Runs, made => Whole(Call("subprocess", "Popen", new List<object?> { "touch", made }))),
        new("stack-global.pkl", Runs, made => new PickleAssembler()
            .Raw(0x80, 4).Raw(0x8C, 5).Ascii("posix").Raw(0x8C, 6).Ascii("system").Raw(0x93).Value(new object?[] { $"touch {made}" }).Ascii("R.").ToArray()),
        new("builtins-exec.pkl", "runs Python code", made => Whole(Call("builtins", "exec", Code(made)))),
        new("builtins-eval-as-coefficients.pkl", "runs Python code", made => Whole(Logistic(("coef_", Call("builtins", "eval", Code(made)))))),
        new("getattr-chain.pkl", Runs, made => Whole(new PickleCall(Call("builtins", "getattr", Call("importlib", "import_module", "os"), "system"), [$"touch {made}"]))),
        new("resolve-name.pkl", Runs + "; unknown to scanners' lists for years", made => Whole(new PickleCall(Call("pkgutil", "resolve_name", "os:system"), [$"touch {made}"]))),
        new("methodcaller.pkl", Runs, made => Whole(new PickleCall(Call("operator", "methodcaller", "system", $"touch {made}"), [Call("pydoc", "locate", "os")]))),
        new("getattr-static.pkl", Runs, made => Whole(new PickleCall(Call("inspect", "getattr_static", Call("importlib", "import_module", "os"), "system"), [$"touch {made}"]))),
        new("code-object.pkl", "runs Python code", made => Whole(new PickleCall(
            Call("types", "FunctionType", Call("builtins", "compile", Code(made), "x", "exec"), new Dictionary<string, object?>()), []))),
        new("profile-run.pkl", "runs Python code", made => Whole(Call("cProfile", "run", Code(made)))),
        new("inst.pkl", Runs, made => new PickleAssembler().Ascii($"(S'touch {made}'\niposix\nsystem\n.").ToArray()),
        new("obj.pkl", Runs, made => new PickleAssembler().Ascii("(").Value(new PickleName("posix", "system")).Value($"touch {made}").Ascii("o.").ToArray()),
        new("dotted-name.pkl", Runs, made => new PickleAssembler()
            .Raw(0x80, 4).Raw(0x8C, 2).Ascii("os").Raw(0x8C, 15).Ascii("system.__call__").Raw(0x93).Value(new object?[] { $"touch {made}" }).Ascii("R.").ToArray()),
        new("class-patched.pkl", "replaces LogisticRegression.predict for the whole process", _ => Whole(new Action<PickleAssembler>(pickle => pickle
            .Value(new PickleName("sklearn.linear_model._logistic", "LogisticRegression"))
            .Value(new object?[] { null, new Dictionary<string, object?> { ["predict"] = new PickleName("builtins", "exec") } })
            .Ascii("b0").Value(Logistic())))),
        new("call-popped.pkl", Runs + ", then gives a sound model; one scanner lost such calls", made => Whole(new Action<PickleAssembler>(pickle => pickle.Value(Command(made)).Ascii("0").Value(Logistic())))),
        new("call-in-a-parameter.pkl", Runs, made => Whole(Logistic(("random_state", Command(made))))),
        new("second-pickle.pkl", Runs + " where the file is read on", made => [.. Whole(Logistic()), .. Whole(Command(made))]),
        new("extension-1.pkl", "imports what the process has registered", _ => [0x80, 2, 0x82, 1, (byte)')', (byte)'R', (byte)'.']),
        new("extension-2.pkl", "imports what the process has registered", _ => [0x80, 2, 0x83, 1, 1, (byte)')', (byte)'R', (byte)'.']),
        new("extension-4.pkl", "imports what the process has registered", _ => [0x80, 2, 0x84, 1, 1, 1, 1, (byte)')', (byte)'R', (byte)'.']),
        new("extension-0.pkl", "UnpicklingError", _ => [0x80, 2, 0x82, 0, (byte)'.']),
        new("persistent-id.pkl", "UnpicklingError; an own Unpickler loads what it names", _ => Whole(Logistic(("coef_", (Action<PickleAssembler>)(pickle => pickle.Value("s3://bucket/object").Ascii("Q")))))),
        new("persistent-id-text.pkl", "UnpicklingError", _ => Encoding.ASCII.GetBytes("P/etc/passwd\n.")),
        new("object-array.joblib", Runs + ": a pickle within the pickle (CVE-2024-34997)", made => Whole(Logistic(("classes_", Joblib("O8", [1], Whole(Command(made))))))),
        new("object-array-cell.joblib", Runs, made => Whole(Logistic(("classes_", Objects(0L, Command(made)))))),
        new("pre-dispatch.joblib", "runs Python code at the next fit (CVE-2022-21797)", made => Whole(Search(made))),
        new("function-of-the-system.pkl", Runs + " with every cell", _ => Whole(Words(("preprocessor", new PickleName("posix", "system"))))),
        new("function-by-path.pkl", "ModuleNotFoundError", _ => Whole(Words(("preprocessor", new PickleName("../../../etc/passwd", "root"))))),
        new("lambda.pkl", "runs the code in the file (cloudpickle)", _ => Whole(Words(("preprocessor", Call("cloudpickle.cloudpickle", "_make_function", "code"))))),
        new("stop-words.pkl", "hands the training texts to whoever has the file (CVE-2024-5206)", _ => Whole(Words(("stop_words_", Call("builtins", "set", new List<object?> { "password1234" }))))) { Text = "great" },
    ];

    private static PickleCall Command(string made) => Call("posix", "system", $"touch {made}");

    private static string Code(string made) => $"open({Quoted(made)}, 'w')";

    private static string Quoted(string text) => $"'{text}'";

    private static PickleCall Search(string made) => Estimator(
        "sklearn.model_selection._search",
        "GridSearchCV",
        [("best_estimator_", Logistic()), ("refit", true), ("pre_dispatch", $"__import__('os').system('touch {made}')"), ("n_features_in_", 2), ("multimetric_", false)]);
}
