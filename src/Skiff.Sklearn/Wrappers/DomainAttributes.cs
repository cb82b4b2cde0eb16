namespace Skiff.Sklearn;

/// <summary>What the domains of <c>sklearn2pmml</c> share, and the decorations that change no value.</summary>
internal static class DomainAttributes
{
    /// <summary>Refuses a domain that casts what it is given.</summary>
    public static void Check(EstimatorNode node)
    {
        if (node.Optional("dtype") is not null)
        {
            throw node.Error("'dtype' casts the column before it is looked at, which is not supported; leave it None");
        }
    }

    /// <summary>Reads an <c>Alias</c> or <c>MultiAlias</c>: what it gives a name to.</summary>
    public static Estimator ReadAlias(EstimatorNode node) => node.Child("transformer_");
}
