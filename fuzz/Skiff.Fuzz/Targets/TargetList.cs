namespace Skiff.Fuzz;

/// <summary>Every target, by its name. A target is made when it is asked for: some load models first.</summary>
internal static class TargetList
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> Targets = new(StringComparer.Ordinal)
    {
        ["pickle"] = () => new PickleTarget(),
        ["codecs"] = () => new CodecTarget(),
        ["numpy"] = () => new NumpyTarget(),
        ["estimators"] = () => new EstimatorTarget(),
        ["xgboost"] = () => new XgboostTarget(),
        ["lightgbm"] = () => new LightGbmTarget(),
        ["python"] = () => new PythonTarget(),
        ["regex"] = () => new RegexTarget(),
        ["predict"] = ProtocolTarget.Simple,
        ["v1"] = ProtocolTarget.V1,
        ["v2"] = ProtocolTarget.V2,
        ["csv"] = RowsTarget.Csv,
        ["jsonrows"] = RowsTarget.Json,
        ["metadata"] = () => new MetadataTarget(),
        ["mlmodel"] = () => new MlModelTarget(),
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => Targets.Keys;

    /// <summary>The target of a name, or null.</summary>
    public static IFuzzTarget? Make(string name) => Targets.TryGetValue(name, out var make) ? make() : null;
}
