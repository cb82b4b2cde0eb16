namespace Skiff.Registry.Tests;

/// <summary>MLflow's model directories, its file store of registered models, and its artifacts alone.</summary>
public sealed class MlflowTests : IDisposable
{
    private const string Sklearn = "flavors:\n  sklearn:\n    pickled_model: model.pkl\n";

    // As MLflow 2.9 writes it: the JSON of the signature is folded into the YAML.
    private const string Signed = """
        artifact_path: model
        flavors:
          python_function:
            env:
              conda: conda.yaml
              virtualenv: python_env.yaml
            loader_module: mlflow.sklearn
            model_path: model.pkl
            predict_fn: predict
            python_version: 3.11.2
          sklearn:
            code: null
            pickled_model: model.pkl
            serialization_format: cloudpickle
            sklearn_version: 1.2.1
        mlflow_version: 2.9.2
        model_uuid: 0f0e0d0c
        run_id: abc
        signature:
          inputs: '[{"type": "double", "name": "sepal length", "required": true}, {"type":
            "long", "name": "it''s", "required": false}, {"type": "string", "name": "port", "optional":
            true}]'
          outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
          params: null
        utc_time_created: '2024-01-02 03:04:05.678900'
        """;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MlModel_WithASignature_GivesItsColumns()
    {
        var file = MlModelFile.Parse(Signed);

        Assert.Equal("model.pkl", file.Model);
        Assert.Null(file.Problem);
        Assert.Equal("2024-01-02 03:04:05.678900", file.Created);
        Assert.Equal(
            [new SignatureColumn("sepal length", "double", true), new SignatureColumn("it's", "long", false), new SignatureColumn("port", "string", false)],
            file.Columns);
    }

    [Fact]
    public void Signature_ThatCannotBeRead_LeavesTheModelServedAndIsLogged()
    {
        _folder.Write("MLmodel", Sklearn + "signature:\n  inputs: 'no JSON'\n").Write("model.pkl", "m");

        var snapshot = _folder.Scan();

        Assert.Null(snapshot.Models[0].Latest!.Artifacts.Columns);
        Assert.StartsWith("MLmodel: signature.inputs is not what MLflow writes", Assert.Single(snapshot.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flavors:\n  xgboost:\n    data: model.ubj\n    model_class: xgboost.sklearn.XGBClassifier\n", "model.ubj")]
    [InlineData("flavors:\n  lightgbm:\n    data: model.lgb\n", "model.lgb")]
    [InlineData("flavors:\n  python_function:\n    data: model.xgb\n    loader_module: mlflow.xgboost\n", "model.xgb")]
    [InlineData("flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    model_path: model.pkl\n", "model.pkl")]
    [InlineData("flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    data: old.pkl\n    model_path: model.pkl\n", "model.pkl")]
    public void MlModel_OfAFlavorThatIsServed_NamesItsFile(string yaml, string model) => Assert.Equal(model, MlModelFile.Parse(yaml).Model);

    [Theory]
    [InlineData("flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n    python_model: python_model.pkl\n", "MLmodel: the model is Python code of its own (a pyfunc); log the scikit-learn model inside it with mlflow.sklearn.log_model")]
    [InlineData("flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.loaders.code_model\n", "MLmodel: the model is Python code of its own (a pyfunc); log the scikit-learn model inside it with mlflow.sklearn.log_model")]
    [InlineData("flavors:\n  pytorch:\n    model_data: data\n  python_function:\n    data: data\n    loader_module: mlflow.pytorch\n", "MLmodel has the flavors python_function, pytorch; sklearn, xgboost and lightgbm can be served")]
    [InlineData("run_id: 1\n", "MLmodel names no flavors")]
    [InlineData("", "MLmodel: it is no mapping")]
    [InlineData("- a\n- b\n", "MLmodel: it is no mapping")]
    public void MlModel_OfSomethingElse_SaysWhatCanBeServed(string yaml, string reason)
    {
        _folder.Write("iris/MLmodel", yaml).Write("iris/data/x", "x");

        Assert.Equal(reason, _folder.Scan().Find("iris")!.WhyUnservable("1"));
    }

    // Found by fuzzing: the YAML parser leaves these with exceptions that are not its own.
    [Theory]
    [InlineData("...\nors:\n  xgboost: {data: model.xgb&a , model_class: xgboost.sklearn.XGBClassifier}\n  lightgbm:\n    data: model.lgb\n")]
    [InlineData("flavors:\n  xgboost: {data: model.xgb, model_class: xgboo>\nst.sklearn.XGBClassifier}\n  lightgbm:\n    data: model.lgb\n")]
    [InlineData("signature:\n  inputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float127\", \"shape\": [-1, 4]}}]'\nflavors: &a\n  sklearn:: &a\n  sklearn: *a\n *a\n")]
    public void MlModel_ThatBreaksTheParser_IsNoYaml(string yaml) =>
        Assert.StartsWith("MLmodel: it is no YAML that can be read", MlModelFile.Parse(yaml).Problem, StringComparison.Ordinal);

    [Fact]
    public void MlModel_ThatIsNoYaml_SaysWhere() =>
        Assert.StartsWith("MLmodel: it is no YAML that can be read: ", MlModelFile.Parse("flavors: [unfinished\n").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(1000)]
    [InlineData(500_000)]
    public void MlModel_NestedWithoutEnd_IsRefused(int depth) =>
        Assert.StartsWith("MLmodel: it is no YAML that can be read", MlModelFile.Parse("flavors: " + new string('[', depth)).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("[", "]", 31, true)]
    [InlineData("[", "]", 32, false)]
    [InlineData("{a: ", "}", 31, true)]
    [InlineData("{a: ", "}", 32, false)]
    [InlineData("{? ", "}", 32, false)]
    public void Yaml_Nested_IsReadToItsDepth(string open, string close, int depth, bool isRead)
    {
        var yaml = "x: " + string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

        Assert.Equal(isRead, YamlReader.Parse(yaml, out var problem) is not null);
        Assert.Equal(isRead, problem is null);
    }

    [Theory]
    [InlineData(1 << 20, null)]
    [InlineData((1 << 20) + 1, "it is longer than 1048576 bytes, or gone")]
    public void Yaml_LargeFile_IsReadUpToItsBound(int length, string? expected)
    {
        _folder.Write("meta.yaml", "name: iris\n# ".PadRight(length, '.'));

        Assert.Equal(expected is null, YamlReader.Read(_folder.At("meta.yaml"), out var problem) is not null);
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void MlModel_AliasesOfAliases_StandForNothing()
    {
        var bomb = "a: &a [x, x]\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(char)('b' + (i % 20))}{i}: &k{i} [{(i == 0 ? "*a, *a" : $"*k{i - 1}, *k{i - 1}")}]\n"));

        Assert.Equal("MLmodel names no flavors", MlModelFile.Parse(bomb).Problem);
    }

    [Fact]
    public void FunctionPaths_OfAnMlflowDirectory_HoldItsCode()
    {
        _folder.Write("MLmodel", Sklearn).Write("model.pkl", "m").Write("code/text_utils.py", "x = 1");

        Assert.Equal([_folder.Path, _folder.At("code")], _folder.Scan().Models[0].Latest!.Artifacts.FunctionPaths);
    }

    [Fact]
    public void RegisteredModels_OfAFileStore_HaveTheirNamesAndVersions()
    {
        WriteRun("0/run1/artifacts/model");
        WriteRun("0/run2/artifacts/model");
        WriteRun("0/models/m-3/artifacts");
        Register("iris", "1", "source: file:///home/me/mlruns/0/run1/artifacts/model");
        Register("iris", "2", "source: mlflow-artifacts:/0/run2/artifacts/model");
        Register("iris", "10", "source: models:/m-3\nstorage_location: ''");
        Register("spam", "1", "source: runs:/run2/model");

        var snapshot = _folder.Scan();

        Assert.Equal(["iris", "spam"], snapshot.Models.Select(model => model.Name));
        Assert.Equal(["1", "2", "10"], snapshot.Find("iris")!.Versions.Select(version => version.Version));
        Assert.Equal("10", snapshot.Find("iris")!.Latest!.Version);
        Assert.Equal(_folder.At("0/run1/artifacts/model"), snapshot.Find("iris")!.Versions[0].Artifacts.Directory);
        Assert.Equal(_folder.At("0/models/m-3/artifacts"), snapshot.Find("iris")!.Versions[2].Artifacts.Directory);
        Assert.Equal(_folder.At("0/run2/artifacts/model"), snapshot.Find("spam")!.Versions[0].Artifacts.Directory);
        Assert.Empty(snapshot.Problems);
    }

    [Theory]
    [InlineData("source: gone\nstorage_location: /0/run1/artifacts/model")]
    [InlineData("source: 'C:/mlruns/0/run1/artifacts/model'")]
    [InlineData("source: 'C:\\mlruns\\0\\run1\\artifacts\\model'")]
    [InlineData("source: /run1/model")]
    public void RegisteredModels_Sources_AreFoundByTheirLastParts(string meta)
    {
        WriteRun("0/run1/artifacts/model");
        WriteRun("run1/model");
        Register("iris", "1", meta);

        Assert.Null(_folder.Scan().Find("iris")!.WhyUnservable("1"));
    }

    [Theory]
    [InlineData("source: runs:/run1")]
    [InlineData("source: s3://bucket/0/run1/artifacts/model")]
    [InlineData("source: model")]
    public void RegisteredModels_OtherSources_AreNotGuessed(string meta)
    {
        WriteRun("0/run1/artifacts/model");
        WriteRun("model");
        Register("iris", "1", meta);

        Assert.StartsWith("its files are at ", _folder.Scan().Find("iris")!.WhyUnservable("1"), StringComparison.Ordinal);
    }

    [Fact]
    public void RegisteredModels_FoldersThatAreNone_AreLeftOut()
    {
        WriteRun("0/run1/artifacts/model");
        Register("iris", "1", "source: /0/run1/artifacts/model");
        _folder.Write("models/empty/meta.yaml", "name: empty\n").Write("models/stray/version-1/meta.yaml", "source: /0/run1/artifacts/model\n");

        Assert.Equal(["iris"], _folder.Scan().Models.Select(model => model.Name));
    }

    [Fact]
    public void RegisteredModels_ChampionChanges_ServesAtTheNextLook()
    {
        WriteRun("0/run1/artifacts/model");
        Register("iris", "1", "source: /0/run1/artifacts/model");
        Register("iris", "2", "source: /0/run1/artifacts/model");
        _folder.Write("models/iris/aliases/champion", "1");
        var registry = _folder.Settle().Open();
        Assert.Equal("1", registry.Refresh().Find("iris")!.Latest!.Version);

        _folder.Write("models/iris/aliases/champion", "2");
        registry.Refresh();
        _folder.Settle();

        Assert.Equal("2", registry.Refresh().Find("iris")!.Latest!.Version);
    }

    [Fact]
    public void LoggedModels_WithoutNameOrTime_AreModelByTheirRuns()
    {
        WriteRun("8/models/m-2/artifacts");
        WriteRun("8/models/m-1/artifacts");
        WriteRun("8a/models/m-1/artifacts");
        _folder.Write("8/models/m-1/MLmodel", Sklearn).Write("8/run/meta.yaml", "a: b\n").Write("9/run/artifacts/model/MLmodel", Sklearn).Write("9/run/artifacts/model/model.pkl", "m");
        WriteRun("9/early/artifacts/model");

        var snapshot = _folder.Scan();

        Assert.Equal(["8-model", "9-model"], snapshot.Models.Select(model => model.Name));
        Assert.Equal(["m-1", "m-2"], snapshot.Find("8-model")!.Versions.Select(version => version.Version));
        Assert.Equal(["run", "early"], snapshot.Find("9-model")!.Versions.Select(version => version.Version));
    }

    [Fact]
    public void RegisteredModels_ChampionOrProduction_IsWhatServes()
    {
        WriteRun("0/run1/artifacts/model");
        Register("iris", "1", "source: /0/run1/artifacts/model\ncurrent_stage: Production");
        Register("iris", "2", "source: /0/run1/artifacts/model\ncurrent_stage: None");
        Register("iris", "3", "source: /0/run1/artifacts/model\ncurrent_stage: Deleted_Internal");
        Register("spam", "1", "source: /0/run1/artifacts/model");
        Register("spam", "2", "source: /0/run1/artifacts/model\ncurrent_stage: Production");
        _folder.Write("models/spam/aliases/champion", "1\n");

        var snapshot = _folder.Scan();

        Assert.Equal(["1", "2"], snapshot.Find("iris")!.Versions.Select(version => version.Version));
        Assert.Equal("1", snapshot.Find("iris")!.Latest!.Version);
        Assert.Equal("1", snapshot.Find("spam")!.Latest!.Version);
    }

    [Fact]
    public void RegisteredModels_FilesElsewhere_AreSaidToBe()
    {
        WriteRun("0/run1/artifacts/model");
        Register("iris", "1", "source: /0/run1/artifacts/model");
        Register("iris", "2", "source: s3://bucket/0/run2/artifacts/model");
        Register("iris", "3", "source: file:///etc/../0/run1/artifacts/gone");
        Register("iris", "4", "user_id: me");

        var model = _folder.Scan().Find("iris")!;

        Assert.Equal("1", model.Latest!.Version);
        Assert.Equal("its files are at s3://bucket/0/run2/artifacts/model, which is not below this registry; copy or mount them", model.WhyUnservable("2"));
        Assert.StartsWith("its files are at file:///etc/", model.WhyUnservable("3"), StringComparison.Ordinal);
        Assert.Equal("meta.yaml names no source", model.WhyUnservable("4"));
    }

    [Fact]
    public void RegisteredModels_ChampionThatCannotBeServed_IsReplacedByNone()
    {
        WriteRun("0/run1/artifacts/model");
        Register("iris", "1", "source: /0/run1/artifacts/model");
        Register("iris", "2", "source: s3://bucket/model");
        _folder.Write("models/iris/aliases/champion", "2");

        Assert.Null(_folder.Scan().Find("iris")!.Latest);
    }

    [Theory]
    [InlineData("source: file:///a/../../etc")]
    [InlineData("source: '/..'")]
    [InlineData("source: runs:/../etc")]
    [InlineData("source: models:/m-../../x")]
    [InlineData("source: \"file:///a/%2e%2e/%2e%2e/b\"")]
    public void RegisteredModels_PathsThatClimb_FindNothing(string source)
    {
        using var outside = new Folder();
        Register("iris", "1", source);

        Assert.StartsWith("its files are at ", _folder.Scan().Find("iris")!.WhyUnservable("1"), StringComparison.Ordinal);
    }

    [Fact]
    public void LoggedModels_OfArtifactsAlone_AreOneModelAnExperimentInTheOrderOfTheirRuns()
    {
        WriteRun("7/zzz/artifacts/model", "2024-01-01 00:00:00");
        WriteRun("7/aaa/artifacts/model", "2024-02-01 00:00:00");
        WriteRun("7/bbb/artifacts/other", "2024-02-01 00:00:00");
        WriteRun("8/models/m-1/artifacts", "2025-02-01 00:00:00");
        _folder.Write("8/models/m-1/meta.yaml", "name: churn\n").Write("7/ccc/artifacts/plot.png", "p").Write("notes/run/artifacts/model/MLmodel", Sklearn);

        var snapshot = _folder.Scan();

        Assert.Equal(["7-model", "7-other", "8-churn"], snapshot.Models.Select(model => model.Name));
        Assert.Equal(["zzz", "aaa"], snapshot.Find("7-model")!.Versions.Select(version => version.Version));
        Assert.Equal("aaa", snapshot.Find("7-model")!.Latest!.Version);
    }

    [Fact]
    public void RegisteredModels_ANewVersion_IsSeenAtTheNextLook()
    {
        WriteRun("0/run1/artifacts/model");
        Register("iris", "1", "source: /0/run1/artifacts/model");
        var registry = _folder.Settle().Open();
        Assert.Equal("1", registry.Refresh().Find("iris")!.Latest!.Version);

        Register("iris", "2", "source: /0/run1/artifacts/model");
        registry.Refresh();
        _folder.Settle();

        Assert.Equal("2", registry.Refresh().Find("iris")!.Latest!.Version);
    }

    private void WriteRun(string folder, string created = "2024-01-01 00:00:00") =>
        _folder.Write($"{folder}/MLmodel", $"{Sklearn}utc_time_created: '{created}'\n").Write($"{folder}/model.pkl", "m");

    private void Register(string model, string version, string meta) =>
        _folder.Write($"models/{model}/meta.yaml", $"name: {model}\n").Write($"models/{model}/version-{version}/meta.yaml", $"name: {model}\nversion: {version}\n{meta}\n");
}
