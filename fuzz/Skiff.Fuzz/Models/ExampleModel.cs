using Skiff.Sklearn;

namespace Skiff.Fuzz;

/// <summary>The models of the examples' registry.</summary>
internal static class ExampleModel
{
    /// <summary>Numbers and texts, by name.</summary>
    public static SklearnModel Passengers() => SklearnModel.Load(SeedFiles.At("examples/registry/passengers/latest/model.joblib"));
}
