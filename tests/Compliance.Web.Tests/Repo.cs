namespace Compliance.Web.Tests;

static class Repo
{
    /// <summary>The checkout. Not [CallerFilePath]: deterministic CI builds rewrite that to /_/.</summary>
    public static readonly string Root = Up(AppContext.BaseDirectory);

    static string Up(string folder) =>
        File.Exists(Path.Combine(folder, "Compliance.sln")) ? folder : Up(Path.GetDirectoryName(folder)!);
}
