namespace Skiff.Sklearn;

/// <summary><c>sklearn.neural_network</c>.</summary>
internal static class NeuralNetworkCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("MLPClassifier", ["sklearn.neural_network._multilayer_perceptron", "sklearn.neural_network.multilayer_perceptron"], MlpClassifier.Read),
        new("MLPRegressor", ["sklearn.neural_network._multilayer_perceptron", "sklearn.neural_network.multilayer_perceptron"], MlpRegressor.Read),
        new("BernoulliRBM", ["sklearn.neural_network._rbm", "sklearn.neural_network.rbm"], BernoulliRbm.Read),
    ];
}
