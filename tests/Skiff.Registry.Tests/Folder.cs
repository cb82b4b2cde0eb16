using System.Text;
using Skiff.TestKit;

namespace Skiff.Registry.Tests;

/// <summary>A temporary registry on the real disk, written at a fake time.</summary>
internal sealed class Folder : IDisposable
{
    public Folder(ManualTime? time = null)
    {
        Time = time ?? new ManualTime();
        Path = Directory.CreateTempSubdirectory("skiff-registry-").FullName;
    }

    public ManualTime Time { get; }

    public string Path { get; }

    public string At(string name) => System.IO.Path.Join(Path, name);

    public Folder Write(string name, string content)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(content));
        File.SetLastWriteTimeUtc(path, Time.GetUtcNow().UtcDateTime);
        return this;
    }

    public Folder Delete(string name)
    {
        if (Directory.Exists(At(name)))
        {
            Directory.Delete(At(name), recursive: true);
        }
        else
        {
            File.Delete(At(name));
        }

        return this;
    }

    public Folder Link(string name, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.CreateSymbolicLink(At(name), target);
        return this;
    }

    public Folder Settle(int milliseconds = 600)
    {
        Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    public RegistryOptions Options => new() { Root = Path };

    public ModelRegistry Open(Func<RegistryOptions, RegistryOptions>? change = null) =>
        new(change is null ? Options : change(Options), Time);

    public RegistrySnapshot Scan(Func<RegistryOptions, RegistryOptions>? change = null)
    {
        Settle();
        return Open(change).Refresh();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
