namespace Compliance.Api.Tests;

/// <summary>A folder of one test, gone with it.</summary>
sealed class TempFolder : IDisposable
{
    readonly string _path = Directory.CreateTempSubdirectory("compliance-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
