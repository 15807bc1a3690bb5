using System.Text.RegularExpressions;

namespace Compliance.Domain.Tests.Laws;

/// <summary>The documents are read by strangers: what they point at must be there.</summary>
public sealed class DocsTests
{
    static readonly string[] Skipped = ["artifacts", "node_modules", ".git", ".data"];

    public static TheoryData<string> Documents() => [.. Directory
        .EnumerateFiles(Repo.Root, "*.md", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repo.Root, file))
        .Where(file => !file.Split('/').Intersect(Skipped).Any())
        .Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repo.Root, document))!;
        var dead =
            from Match link in Regex.Matches(File.ReadAllText(Path.Combine(Repo.Root, document)), @"\]\(([^)\s]+)\)")
            let target = link.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
            where !Path.Exists(Path.Combine(folder, target.Split('#')[0]))
            select target;
        Assert.Empty(dead);
    }

    [Theory, MemberData(nameof(Documents))]
    public void Every_file_named_exists(string document)
    {
        var missing =
            from Match name in Regex.Matches(File.ReadAllText(Path.Combine(Repo.Root, document)), "`((?:Compliance\\.\\w+|tests|docs|models)/[\\w./-]+)`")
            let path = name.Groups[1].Value
            where !Path.Exists(Path.Combine(Repo.Root, path))
            select path;
        Assert.Empty(missing);
    }

    [Theory, MemberData(nameof(Documents))]
    public void Every_command_of_the_script_exists(string document)
    {
        var script = File.ReadAllText(Path.Combine(Repo.Root, "run"));
        var unknown =
            from Match call in Regex.Matches(File.ReadAllText(Path.Combine(Repo.Root, document)), @"\./run (\w+)((?: --\w+)*)")
            from word in call.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append($"{call.Groups[1].Value})")
            where !script.Contains(word, StringComparison.Ordinal)
            select call.Value;
        Assert.Empty(unknown);
    }
}
