using System.Diagnostics;

namespace Compliance.Bench;

/// <summary>
/// A folder next to the program, on a real disk where a temporary one may be memory; gone when disposed. None bears the name of another: SQLite's
/// pool would hand out a connection to the file that lay there before.
/// </summary>
sealed class Scratch : IDisposable
{
    readonly string _path = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"bench-{Guid.NewGuid():N}")).FullName;

    public string New(string name) => Path.Combine(_path, $"{Guid.NewGuid():N}-{name}");

    public void Dispose() => Directory.Delete(_path, recursive: true);

    public static async Task<double> PerSecond(int count, Func<Task> work)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        await work();
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
