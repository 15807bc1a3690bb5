using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Reports;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using CsCheck;

namespace Compliance.Domain.Tests.Reports;

/// <summary>What is published of a year: counts, and never one so small that it points at somebody.</summary>
public sealed class TransparencySpecs
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a");
    static readonly Period Year = Period.Days(new(2026, 1, 1), new(2026, 12, 31));

    static IEnumerable<KeyValuePair<string, int>> Lines(params int[] counts) => counts.Select((count, i) => KeyValuePair.Create($"{i}", count));

    static string Said(IEnumerable<PublishedLine> lines) => string.Join(' ', lines.Select(line => line.Count?.ToString(null, null) ?? "?"));

    static string Said(params int[] counts) => Said(SmallCounts.Of(Lines(counts)));

    [Fact]
    public void What_is_none_or_five_and_more_is_said() => Assert.Equal("0 5 17", Said(0, 5, 17));

    [Fact]
    public void One_to_four_are_withheld() => Assert.Equal("? ? 9", Said(1, 4, 9));

    [Fact]
    public void What_would_follow_from_the_total_takes_the_total_with_it()
    {
        Assert.Equal("? ? 7 40", Said(SmallCounts.Of(Lines(50, 3, 7, 40), "0")));
        Assert.Equal("47 7 40", Said(SmallCounts.Of(Lines(47, 7, 40), "0")));
    }

    [Fact]
    public void Two_ways_to_tell_one_sum_have_both_a_gap_or_none()
    {
        var (one, other) = SmallCounts.OfOneSum(Lines(3, 7, 40), Lines(20, 30), []);
        Assert.Equal(("? 7 40", "? 30"), (Said(one), Said(other)));
        (one, other) = SmallCounts.OfOneSum(Lines(20, 30), Lines(25, 25), SmallCounts.Of(Lines(45, 4)));
        Assert.Equal(("? 30", "? 25"), (Said(one), Said(other)));
        (one, other) = SmallCounts.OfOneSum(Lines(20, 30), Lines(25, 25), SmallCounts.Of(Lines(45, 0)));
        Assert.Equal(("20 30", "25 25"), (Said(one), Said(other)));
    }

    /// <summary>Whoever knows that every withheld part is from 1 to 4, and that the parts are no more than their total, still cannot tell one of them.</summary>
    [Fact]
    public void No_part_that_is_withheld_follows_from_the_total_and_the_others() => Gen.Select(Gen.Int[0, 12].Array[1, 5], Gen.Int[0, 6]).Sample(drawn =>
    {
        var (parts, rest) = drawn;
        var lines = SmallCounts.Of(Lines([parts.Sum() + rest, .. parts]), "0");
        int?[] said = [.. lines.Select(line => line.Count)];
        var gaps = said.Skip(1).Count(count => count is null);
        Assert.All(parts.Zip(said.Skip(1)), pair => Assert.Equal(pair.First is > 0 and < SmallCounts.Least, pair.Second is null));
        var solutions = Ways(gaps, 1, 4).Where(way => said[0] is not { } total || said.Skip(1).Sum() + way.Sum() <= total).ToArray();
        for (var i = 0; i < gaps; i++) Assert.True(solutions.Select(way => way[i]).Distinct().Count() > 1, $"{string.Join(' ', parts)} + {rest}: {Said(lines)}");
    });

    /// <summary>The sum is told twice and a third table is part of it: whatever is drawn, each withheld number has more than one value that fits.</summary>
    [Fact]
    public void No_number_that_is_withheld_follows_from_another_telling_of_its_sum() => Gen.Select(Gen.Int[0, 3].Array[0, 24], Gen.Int[0, 6].Array[24], Gen.Int[0, 2].Array[24]).Sample(drawn =>
    {
        // So many cases, each with what it is about, its step of time, and what became of it: 2 is nothing yet.
        var (about, when, became) = drawn;
        var one = Count(about, 4);
        var (other, answers) = (Count(when[..about.Length], 7), SmallCounts.Of(Lines(Count(became[..about.Length], 3)[..2])));
        var (first, second) = SmallCounts.OfOneSum(Lines(one), Lines(other), answers);
        int?[] a = [.. first.Select(line => line.Count)], b = [.. second.Select(line => line.Count)], c = [.. answers.Select(line => line.Count)];
        var (known, range) = (a.All(x => x is not null) ? a.Sum() : b.All(x => x is not null) ? b.Sum() : null, Enumerable.Range(1, 30).ToArray());
        // Told by neither, the sum may be anything from what is printed up.
        if (known is null) Assert.True((a.Contains(null) && b.Contains(null)) || about.Length == 0);
        else Assert.True(!a.Contains(null) && !b.Contains(null));
        var gaps = c.Count(x => x is null);
        var ways = Ways(gaps, 1, 4).Where(way => known is not { } sum || c.Sum() + way.Sum() <= sum).ToArray();
        for (var i = 0; i < gaps; i++) Assert.True(ways.Select(way => way[i]).Distinct().Count() > 1, $"{Said(first)} | {Said(second)} | {Said(answers)}");
        if (a.Contains(null)) Assert.True(Values(a, b) > 1 && Values(b, a) > 1, $"{Said(first)} | {Said(second)}");

        // How many values a gap of one table can have for a gap of the other that fits, when all other gaps are 1.
        int Values(int?[] mine, int?[] theirs) => range.Count(value => range.Any(other =>
            mine.Sum() + mine.Count(x => x is null) - 1 + value == theirs.Sum() + theirs.Count(x => x is null) - 1 + other));
    });

    static int[] Count(int[] words, int of) => [.. Enumerable.Range(0, of).Select(word => words.Count(w => w == word))];

    static IEnumerable<int[]> Ways(int gaps, int least, int most) =>
        gaps == 0 ? [[]] : Ways(gaps - 1, least, most).SelectMany(way => Enumerable.Range(least, most - least + 1), (way, value) => (int[])[.. way, value]);

    [Fact]
    public void Of_the_year_that_runs_the_months_are_told_that_are_over()
    {
        Assert.Null(TransparencyReport.PeriodOf(2026, VenueZone.Midnight(new(2026, 2, 1)).AddTicks(-1)));
        Assert.Equal(Period.Days(new(2026, 1, 1), new(2026, 1, 31)), TransparencyReport.PeriodOf(2026, VenueZone.Midnight(new(2026, 2, 1))));
        Assert.Equal(Year, TransparencyReport.PeriodOf(2026, VenueZone.Midnight(new(2027, 5, 9))));
        Assert.Null(TransparencyReport.PeriodOf(2027, VenueZone.Midnight(new(2026, 5, 9))));
    }

    [Theory, InlineData(4, false), InlineData(5, true)]
    public void Availability_of_a_few_venues_is_withheld(int venues, bool isTold)
    {
        var scores = Enumerable.Range(0, venues).Select(i => new VenueAvailability(Id(i), Year, AvailabilityFormula.Current, [new(Id(i), DeviceKind.Camera, new(default, AvailabilityScore.None, AvailabilityScore.None, []))]));
        var report = TransparencyReport.Of(2026, Year, null, new(Year), scores);
        Assert.Equal(isTold, report.Scores.ContainsKey(DeviceKind.Camera));
        Assert.Equal(isTold, report.Figures.Keys.Any(name => name.StartsWith("availability.camera", StringComparison.Ordinal)));
        Assert.DoesNotContain(DeviceKind.Exit, report.Scores.Keys);
    }

    [Fact]
    public void It_counts_what_was_recorded_in_the_year_and_nothing_later()
    {
        var counts = new YearCounts(Year);
        var facts = Story.Of(
            (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
            (Club, new VenueEvent.LegalBasisGranted(Club, new(Club, LegalBasisKind.Consent, "1", "all", new(2026, 1, 1), null))),
            (Id(1), new ComplaintEvent.Received(Id(1), "A", ComplaintChannel.Web, ComplaintCategory.Noise, Club, "Алмалы", Story.Noon, false)),
            (Id(2), new ComplaintEvent.Received(Id(2), "B", ComplaintChannel.Web, ComplaintCategory.Noise, Club, "Алмалы", Story.Noon, false)),
            (Club, new VenueEvent.LegalBasisWithdrawn(Club, Club, "no more")));
        facts[3] = facts[3] with { RecordedAt = Year.To };
        foreach (var fact in facts) counts.Take(fact);
        Assert.Equal((1, 1), (counts.Table("register")["venues"], counts.Table("complaints")["noise"]));
        Assert.Equal((1, 1), (counts.Table("accesses")["granted-consent"], counts.Table("accesses")["withdrawn-consent"]));
        Assert.Equal(1, counts.ComplaintsByStep.Sum());
        Assert.Equal(1, counts.ComplaintsByStep[(int)((Story.Noon - Year.From).TotalDays / 28)]);
    }

    [Fact]
    public void No_figure_is_attached_that_is_withheld_in_print()
    {
        var counts = new YearCounts(Year);
        foreach (var fact in Story.Of([.. Enumerable.Range(0, 3).Select(i => (Id(i), (object)new ComplaintEvent.Received(Id(i), "A", ComplaintChannel.Web, ComplaintCategory.Drugs, null, "Алмалы", Story.Noon, false)))])) counts.Take(fact);
        var report = TransparencyReport.Of(2026, Year, null, counts, []);
        Assert.DoesNotContain("complaints.drugs", report.Figures.Keys);
        Assert.Equal(0, report.Figures["complaints.noise"]);
        Assert.Contains(null, report.ComplaintsByStep);
    }

    /// <summary>Every outcome a case or an appeal can have has its line: none is lost in print.</summary>
    [Fact]
    public void Every_word_of_the_domain_has_its_line()
    {
        var lines = TransparencyReport.Of(2026, Year, null, new(Year), []).Tables.ToDictionary(table => table.Name, table => table.Lines.Select(line => line.Key).ToArray());
        Assert.All(Enum.GetNames<CaseOutcome>(), outcome => Assert.Contains(outcome.ToLowerInvariant(), lines["cases"]));
        Assert.All(Enum.GetNames<ComplaintCategory>(), category => Assert.Contains(category.ToLowerInvariant(), lines["complaints"]));
    }

    static Guid Id(int i) => new($"00000000-0000-0000-0000-00000000010{i}");
}
