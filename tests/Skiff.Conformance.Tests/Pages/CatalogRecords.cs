using System.Text.Json;
using Skiff.Pickle;
using Skiff.Sklearn;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests.Pages;

/// <summary>Every class of the catalog with what its fixtures show, by the package that users import it from.</summary>
internal static class CatalogRecords
{
    /// <summary>The packages in the catalog's order, each with its classes in that order.</summary>
    public static IReadOnlyList<IGrouping<string, (CatalogEntry Entry, ClassRecord Record)>> Read()
    {
        var records = EstimatorCatalog.Entries.ToDictionary(KeyOf, _ => new ClassRecord());
        foreach (var fixture in Fixture.Names.Select(Fixture.Read).Where(fixture => fixture.Outputs.Count > 0))
        {
            // The last of the files that were written names the class; the labels of a set are no model.
            if (fixture.Labels is not null && fixture.Class.EndsWith(".LabelEncoder", StringComparison.Ordinal))
            {
                continue;
            }

            if (EstimatorCatalog.TryFind(NameOf(fixture.Class), out var entry))
            {
                records[KeyOf(entry)].Add(fixture, ConformanceTests.Load(fixture));
            }
        }

        return [.. EstimatorCatalog.Entries.GroupBy(PackageOf, entry => (entry, records[KeyOf(entry)]))];
    }

    /// <summary>The estimators of the releases that write fixtures: what each calls them, and the methods that its class has.</summary>
    public static IEnumerable<(string Release, PyGlobal Name, IReadOnlyList<string> Methods)> Releases()
    {
        foreach (var file in Directory.EnumerateFiles(Fixture.Folder, "estimators-*.json").Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var estimator in json.RootElement.EnumerateObject())
            {
                yield return (
                    Path.GetFileNameWithoutExtension(file)["estimators-".Length..],
                    new PyGlobal(estimator.Value.GetProperty("module").GetString()!, estimator.Name),
                    [.. estimator.Value.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!)]);
            }
        }
    }

    /// <summary>The package that a class is imported from: its newest module up to the first part that begins with an underscore; of other projects than scikit-learn the first part.</summary>
    public static string PackageOf(CatalogEntry entry)
    {
        var parts = entry.Modules[0].Split('.');
        return parts[0] == "sklearn" ? string.Join('.', parts.TakeWhile(part => part[0] != '_')) : parts[0];
    }

    private static PyGlobal KeyOf(CatalogEntry entry) => new(entry.Modules[0], entry.Name);

    private static PyGlobal NameOf(string fullName)
    {
        var dot = fullName.LastIndexOf('.');
        return new PyGlobal(dot < 0 ? string.Empty : fullName[..dot], fullName[(dot + 1)..]);
    }
}
