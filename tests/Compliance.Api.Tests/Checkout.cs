namespace Compliance.Api.Tests;

static class Checkout
{
    public static readonly string Root = Up(AppContext.BaseDirectory);

    static string Up(string folder) =>
        File.Exists(Path.Combine(folder, "Compliance.sln")) ? folder : Up(Path.GetDirectoryName(folder)!);
}
