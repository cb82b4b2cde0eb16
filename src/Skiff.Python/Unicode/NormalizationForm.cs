namespace Skiff.Python.Unicode;

/// <summary>The normalization forms of Unicode (UAX 15), as <c>unicodedata.normalize</c> names them.</summary>
public enum NormalizationForm
{
    /// <summary>Canonical decomposition, then canonical composition.</summary>
    Nfc,

    /// <summary>Canonical decomposition.</summary>
    Nfd,

    /// <summary>Compatibility decomposition, then canonical composition.</summary>
    Nfkc,

    /// <summary>Compatibility decomposition.</summary>
    Nfkd,
}
