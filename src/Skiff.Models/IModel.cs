namespace Skiff.Models;

/// <summary>A loaded model: immutable, safe to call from any thread.</summary>
public interface IModel
{
    /// <summary>What it takes and what it gives.</summary>
    ModelSignature Signature { get; }

    /// <summary>What it can answer.</summary>
    Methods Methods { get; }

    /// <summary>
    /// About how many bytes of memory it keeps, within a factor of two for large models. It is known once the model is read, and costs nothing to ask for.
    /// </summary>
    long Size { get; }

    /// <summary>Answers for every row of <paramref name="input"/>.</summary>
    /// <param name="wanted">One or more of <see cref="Methods"/>; answers asked for together share their work.</param>
    /// <param name="input">Rows as <see cref="ModelSignature.Input"/> describes them, made by an <see cref="InputPlan"/>.</param>
    /// <param name="scratch">Working memory of this call alone.</param>
    /// <param name="results">Where the answers go; views on <paramref name="scratch"/>, valid until that is reset.</param>
    /// <exception cref="InputException">The model refuses what a row holds.</exception>
    void Run(Methods wanted, in Table input, Scratch scratch, Results results);
}
