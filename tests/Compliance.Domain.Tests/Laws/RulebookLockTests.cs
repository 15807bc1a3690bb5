using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Laws;

/// <summary>Answers name the text they were given by: a delivered text never changes under its version, a change is a new version.</summary>
public sealed class RulebookLockTests
{
    static readonly string Lock = Path.Combine(Repo.Root, "tests/rulebooks.lock");

    [Fact]
    public void No_delivered_text_has_changed_under_its_version()
    {
        var locked = File.Exists(Lock) ? File.ReadAllLines(Lock) : [];
        var known = locked.ToDictionary(Named, StringComparer.Ordinal);
        string[] now = [.. RulebookShelf.Ids.SelectMany(RulebookShelf.Deliveries).Select(d => $"{d.Book.Id} {d.Book.Version} {d.Hash}"), $"{Sanctions.Table.Id} {Sanctions.Table.Version} {RulebookVersions.HashOf(Sanctions.Text)}"];
        Assert.DoesNotContain(locked.Except(now), line => !line.StartsWith(Sanctions.Table.Id, StringComparison.Ordinal)); // a version that was replaced stays under Books/Earlier
        Assert.All(now, line => Assert.Equal(known.GetValueOrDefault(Named(line), line), line));
        if (Environment.GetEnvironmentVariable("LOCK") == "1") File.WriteAllLines(Lock, locked.Union(now).Order(StringComparer.Ordinal));
        else Assert.Empty(now.Except(locked)); // a new version: run with LOCK=1 and commit the line
    }

    static string Named(string line) => line[..line.LastIndexOf(' ')];
}
