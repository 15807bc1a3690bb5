namespace Compliance.Api.Reports;

/// <summary>Files of this folder that are built into the program.</summary>
static class Resource
{
    public static string Text(string file)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream($"Compliance.Api.Reports.{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
