namespace Skiff.Sklearn;

/// <summary>Reads the <c>RankHotEncoder</c> of <c>category_encoders</c>: a column for each category, one in those up to its own.</summary>
/// <remarks>
/// category_encoders 2.9, <c>category_encoders/rankhot.py</c>; the same since it came with 2.6. Unlike the others it looks missing values up only where
/// training had them, and has one row of numbers for whatever it does not find.
/// </remarks>
internal static class RankHotEncoderReader
{
    /// <summary>Reads one.</summary>
    public static Estimator Read(EstimatorNode node)
    {
        var frames = CategoryEncoderReader.Frames(node);
        return CategoryEncoderReader.Build(node, [.. CategoryEncoderReader.Inner(node).Select(codes =>
            ReadColumn(node, codes, frames.GetValueOrDefault(codes.Name) ?? throw node.Error($"there is nothing kept for the column '{codes.Name}'")))]);
    }

    private static EncodedColumn ReadColumn(EstimatorNode node, OrdinalCodes codes, PandasTable frame)
    {
        var names = CategoryEncoderReader.NamesOf(node, codes, frame);
        var ranks = CategoryEncoderReader.ByCode(node, frame);
        var handling = node.Text("handle_unknown");
        var notFound = handling switch
        {
            "value" or "error" => new double[names.Length],
            "return_nan" => Fill(names.Length),
            _ => throw node.Error($"'handle_unknown' is '{handling}'; value, error and return_nan are known"),
        };
        var missing = node.Text("handle_missing") switch
        {
            "value" => notFound,
            "return_nan" => Fill(names.Length),
            _ => null,
        };
        double[]? Row(double? code) => code is not { } number || (number == CategoryEncoderReader.UnknownCode && handling == "error") ? null
            : double.IsNaN(number) ? missing
            : ranks.GetValueOrDefault(number, notFound);
        var column = EncodedColumn.Build(node, codes.Name, names, codes.Labels, Array.ConvertAll(codes.Codes, code => Row(code)), Row(codes.Missing), Row(codes.Unknown));
        return node.Text("handle_missing") == "error" ? column with { Missing = null } : column;
    }

    private static double[] Fill(int length) => [.. Enumerable.Repeat(double.NaN, length)];
}
