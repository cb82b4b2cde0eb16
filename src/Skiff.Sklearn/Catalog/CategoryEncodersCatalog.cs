namespace Skiff.Sklearn;

/// <summary><c>category_encoders</c>.</summary>
internal static class CategoryEncodersCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("OrdinalEncoder", ["category_encoders.ordinal"], CategoryEncoderReader.ReadOrdinal),
        new("OneHotEncoder", ["category_encoders.one_hot"], CategoryEncoderReader.ReadFrames),
        new("BaseNEncoder", ["category_encoders.basen"], CategoryEncoderReader.ReadFrames),
        new("BinaryEncoder", ["category_encoders.binary"], CategoryEncoderReader.ReadBinary),
        new("GrayEncoder", ["category_encoders.gray"], CategoryEncoderReader.ReadFrames),
        new("RankHotEncoder", ["category_encoders.rankhot"], RankHotEncoderReader.Read),
        new("HashingEncoder", ["category_encoders.hashing"], HashingEncoder.Read),
        new("HelmertEncoder", ["category_encoders.helmert"], CategoryEncoderReader.ReadFrames),
        new("SumEncoder", ["category_encoders.sum_coding"], CategoryEncoderReader.ReadFrames),
        new("PolynomialEncoder", ["category_encoders.polynomial"], CategoryEncoderReader.ReadFrames),
        new("BackwardDifferenceEncoder", ["category_encoders.backward_difference"], CategoryEncoderReader.ReadFrames),
        new("TargetEncoder", ["category_encoders.target_encoder"], CategoryEncoderReader.ReadSeries),
        new("MEstimateEncoder", ["category_encoders.m_estimate"], CategoryEncoderReader.ReadSeries),
        new("JamesSteinEncoder", ["category_encoders.james_stein"], CategoryEncoderReader.ReadSeries),
        new("WOEEncoder", ["category_encoders.woe"], CategoryEncoderReader.ReadSeries),
        new("GLMMEncoder", ["category_encoders.glmm"], CategoryEncoderReader.ReadSeries),
        new("QuantileEncoder", ["category_encoders.quantile_encoder"], CategoryEncoderReader.ReadSeries),
        new("SummaryEncoder", ["category_encoders.quantile_encoder"], SummaryEncoderReader.Read),
        new("LeaveOneOutEncoder", ["category_encoders.leave_one_out"], CategoryEncoderReader.ReadLeaveOneOut),
        new("CatBoostEncoder", ["category_encoders.cat_boost"], CategoryEncoderReader.ReadCatBoost),
        new("CountEncoder", ["category_encoders.count"], CategoryEncoderReader.ReadCount),
        new("PolynomialWrapper", ["category_encoders.wrapper"], EncoderWrappers.ReadPolynomial),
        new("NestedCVWrapper", ["category_encoders.wrapper"], EncoderWrappers.ReadNested),
    ];
}
