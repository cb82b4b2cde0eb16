namespace Skiff.Sklearn;

/// <summary>One estimator that can be read.</summary>
/// <param name="Name">Its name in scikit-learn's public API.</param>
/// <param name="Modules">Every module it has been pickled under since scikit-learn 0.22, newest first, and older spellings that come to the same.</param>
/// <param name="Read">Reads an instance.</param>
internal sealed record CatalogEntry(string Name, string[] Modules, Func<EstimatorNode, Estimator> Read);
