using System.Security.Cryptography;

namespace Skiff.Registry;

/// <summary>
/// Files that are on the disk when the call returns. A folder cannot be synced in .NET (a folder has no <see cref="FileStream"/>): after a power cut a
/// rename may be undone, but what was renamed is whole.
/// </summary>
internal static class DurableFiles
{
    private const int BufferSize = 1 << 17;
    private const string BesideInfix = ".tmp-";

    /// <summary>Copies a file that must not exist yet.</summary>
    /// <returns>The SHA-256 sum of what was copied.</returns>
    internal static string Copy(string source, string destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var input = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var output = new FileStream(destination, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[BufferSize];
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            output.Write(buffer, 0, read);
        }

        output.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes a file that must not exist yet.</summary>
    internal static void Write(string destination, ReadOnlySpan<byte> content)
    {
        using var output = new FileStream(destination, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        output.Write(content);
        output.Flush(flushToDisk: true);
    }

    /// <summary>Replaces a file in one step.</summary>
    internal static void Replace(string destination, ReadOnlySpan<byte> content)
    {
        var beside = $"{destination}{BesideInfix}{NewSuffix()}";
        try
        {
            Write(beside, content);
            File.Move(beside, destination, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Deletes what a crash during <see cref="Replace"/> left beside a file.</summary>
    internal static void CleanUp(string folder, string name)
    {
        foreach (var left in Directory.GetFiles(folder, name + BesideInfix + "*"))
        {
            File.Delete(left);
        }
    }

    /// <summary>Every file below a folder, as paths relative to it with forward slashes, in ordinal order. Hidden ones are left out.</summary>
    internal static List<string> ListBelow(string folder)
    {
        var files = new List<string>();
        var pending = new Queue<string>([string.Empty]);
        while (pending.TryDequeue(out var below))
        {
            var here = new DirectoryInfo(Path.Join(folder, below));
            foreach (var item in here.EnumerateFileSystemInfos().Where(item => !item.Name.StartsWith('.') && item.Name != "__pycache__"))
            {
                var name = below.Length == 0 ? item.Name : $"{below}/{item.Name}";
                if (item is not DirectoryInfo)
                {
                    files.Add(name);
                }
                else if (item.LinkTarget is null)
                {
                    // A linked folder may lead back here.
                    pending.Enqueue(name);
                }
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    internal static string NewSuffix() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
}
