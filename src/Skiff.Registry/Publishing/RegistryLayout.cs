namespace Skiff.Registry;

/// <summary>How a root is laid out: one model, several, or nothing yet.</summary>
internal sealed record RegistryLayout(bool IsOneModel, IReadOnlyList<string> Models)
{
    internal static RegistryLayout Look(string root, RegistryOptions options)
    {
        if (List(root, options) is not var (listing, links))
        {
            return new RegistryLayout(false, []);
        }

        if (ModelReader.IsModel(listing))
        {
            return new RegistryLayout(true, []);
        }

        var models = listing.Items.Values
            .Where(item => item.IsDirectory && ModelReader.IsModel(listing.Enter(item.Name, links)!))
            .Select(item => item.Name)
            .Order(StringComparer.Ordinal);
        return new RegistryLayout(false, [.. models]);
    }

    /// <summary>Whether a folder holds a model's files without versions.</summary>
    internal static bool IsBareModel(string folder, RegistryOptions options) =>
        List(folder, options) is var (listing, _) && FolderReader.HoldsModel(listing) && !ModelReader.IsVersioned(listing);

    private static (FolderListing Listing, LinkGuard Links)? List(string folder, RegistryOptions options)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var links = new LinkGuard(folder, options.FollowLinks);
        return (FolderListing.Read(links.Root, links.RealRoot, links), links);
    }
}
