using System.Text.RegularExpressions;

namespace Compliance.Domain.Tests.Laws;

public sealed partial class MetricsTableTests
{
    [Fact]
    public void Every_instrument_of_the_code_stands_in_the_table_with_its_kind_and_unit_and_the_other_way_round()
    {
        var code = from room in (string[])["Compliance.Api", "Compliance.Probe", "Compliance.Web", "Compliance.Hosting"]
                   from file in Directory.EnumerateFiles(Path.Combine(Repo.Root, room), "*.cs", SearchOption.AllDirectories)
                   where !file.Contains("/obj/", StringComparison.Ordinal)
                   from Match made in Made().Matches(File.ReadAllText(file))
                   select $"{made.Groups["name"].Value} {made.Groups["kind"].Value.Replace("Observable", "", StringComparison.Ordinal).ToLowerInvariant()} {made.Groups["unit"].Value}";
        var table = from Match row in Row().Matches(File.ReadAllText(Path.Combine(Repo.Root, "docs", "metrics.md")))
                    select $"{row.Groups["name"].Value} {row.Groups["kind"].Value} {row.Groups["unit"].Value}";
        Assert.NotEmpty(code);
        Assert.Equal(code.Order(), table.Order());
    }

    [GeneratedRegex("""\.Create(?<kind>Counter|Histogram|UpDownCounter|ObservableGauge|ObservableCounter|Gauge)(<\w+>)?\("(?<name>[^"]+)",[^\n]*?"(?<unit>\{\w+\}|s|1|By)",""")]
    private static partial Regex Made();

    [GeneratedRegex(@"^\| `(?<name>compliance[a-z._]+)` \| (?<kind>\w+) \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
