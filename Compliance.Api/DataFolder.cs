namespace Compliance.Api;

/// <summary>Where the API keeps its files (setting <c>Data</c>, <c>.data</c> by default); only its own account may enter.</summary>
internal sealed class DataFolder
{
    readonly string _path;

    public DataFolder(IConfiguration configuration)
    {
        _path = Path.GetFullPath(configuration["Data"] ?? ".data");
        Folder("");
    }

    public string File(string name) => Path.Combine(_path, name);

    public string Folder(string name)
    {
        var path = Path.Combine(_path, name);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
