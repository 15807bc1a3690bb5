namespace Compliance.Probe.Tests.Tell;

/// <summary>A folder of its own for one test.</summary>
sealed class Folder : IDisposable
{
    readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("probe-");

    public string this[string name] => Path.Combine(_place.FullName, name);

    public void Dispose() => _place.Delete(true);
}
