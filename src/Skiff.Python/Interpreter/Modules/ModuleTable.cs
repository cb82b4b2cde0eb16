using System.Collections.Frozen;

namespace Skiff.Python.Interpreter;

/// <summary>The modules that may be imported. There are no others.</summary>
internal static class ModuleTable
{
    private static readonly FrozenDictionary<string, PyModuleValue> Modules = new PyModuleValue[]
    {
        ReModule.Make(),
        StringModule.Make(),
        UnicodedataModule.Make(),
        MathModule.Make(),
        HtmlModule.Make(),
        CollectionsModule.Make(),
        ItertoolsModule.Make(),
        FunctoolsModule.Make(),
        OperatorModule.Make(),
        OperatorModule.MakeSys(),
        PandasModule.MakePandas(),
        PandasModule.MakeNumpy(),
    }.ToFrozenDictionary(m => m.Name);

    private static readonly FrozenSet<string> Members = Modules.Values.SelectMany(m => m.Members.Keys).ToFrozenSet();

    /// <summary>The modules' names, for messages.</summary>
    public static string Listed { get; } = string.Join(", ", Modules.Keys.Order(StringComparer.Ordinal));

    public static PyModuleValue? Find(string name) => Modules.GetValueOrDefault(name);

    public static bool HasMember(string name) => Members.Contains(name);
}
