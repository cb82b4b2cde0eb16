namespace Skiff.Pickle.Tests;

/// <summary>Reads what tests have in memory.</summary>
internal static class Pickles
{
    public static PickleDocument Read(byte[] bytes, PickleOptions? options = null) =>
        PickleReader.Read(new MemoryStream(bytes), options, TestContext.Current.CancellationToken);
}
