namespace Skiff.Sklearn;

/// <summary><c>sklearn.feature_extraction</c>.</summary>
internal static class FeatureExtractionCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("CountVectorizer", ["sklearn.feature_extraction.text"], CountVectorizer.Read),
        new("TfidfVectorizer", ["sklearn.feature_extraction.text"], TfidfVectorizer.Read),
        new("HashingVectorizer", ["sklearn.feature_extraction.text"], HashingVectorizer.Read),
        new("TfidfTransformer", ["sklearn.feature_extraction.text"], TfidfTransformer.Read),
        new("DictVectorizer", ["sklearn.feature_extraction._dict_vectorizer", "sklearn.feature_extraction.dict_vectorizer"], DictVectorizer.Read),
        new("FeatureHasher", ["sklearn.feature_extraction._hash", "sklearn.feature_extraction.hashing"], FeatureHasher.Read),
    ];
}
