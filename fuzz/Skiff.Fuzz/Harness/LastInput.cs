using System.IO.MemoryMappedFiles;

namespace Skiff.Fuzz;

/// <summary>Keeps the input being run in a file, so that it is still there where the process dies of it; ends the process where an input takes for ever.</summary>
internal sealed class LastInput : IDisposable
{
    private const int LongestRun = 60_000;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Timer _timer;
    private long _count;
    private long _seen;

    public LastInput(string folder, string name, int longest)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, $"last-{name}");
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, null, longest + sizeof(int));
        _view = _file.CreateViewAccessor();
        _timer = new Timer(_ => Watch(), null, LongestRun, LongestRun);
    }

    /// <summary>Notes an input: its length in four bytes, then its bytes.</summary>
    public void Set(byte[] input)
    {
        _count++;
        _view.Write(0, input.Length);
        _view.WriteArray(sizeof(int), input, 0, input.Length);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private void Watch()
    {
        if (Volatile.Read(ref _count) == _seen)
        {
            Environment.FailFast($"an input takes more than {LongestRun / 1000} s: {_path} holds it, behind its length");
        }

        _seen = Volatile.Read(ref _count);
    }
}
