using System.Text.Json.Nodes;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>Versions of a rulebook: drafted, amended, published, retired; what was published never changes and never overlaps.</summary>
public sealed class RulebookVersionSpecs
{
    const string Id = "kz-nightclub-2025-2026";

    static readonly Guid Stream = RulebookVersions.IdOf(Id);
    static readonly DateTimeOffset Now = VenueZone.At(new(2026, 12, 1), new(12, 0));
    static readonly string Second = Text("0.2.0", "2027-01-01"), Other = Text("0.2.0", "2027-01-01", until: "2027-12-31");

    [Fact]
    public void A_text_that_reads_without_a_fault_is_drafted() => RulebookVersions.Decider.Given()
        .When(new RulebookCommand.Draft(Id, Second)).Then(Drafted(Second));

    [Fact]
    public void A_draft_written_anew_is_amended() => RulebookVersions.Decider.Given(Drafted(Second))
        .When(new RulebookCommand.Draft(Id, Other))
        .Then(new RulebookEvent.Amended(Stream, Id, "0.2.0", RulebookVersions.HashOf(Other), Other));

    [Fact]
    public void A_fault_is_refused_with_file_rule_and_reason_and_the_version_before_stays()
    {
        var book = JsonNode.Parse(Second)!;
        book["rules"]![0]!["sources"] = new JsonArray();
        book["rules"]![1]!["sanction"] = "nobody";
        var decision = RulebookVersions.Decider.Decide(RulebookVersions.Decider.Initial, new RulebookCommand.Draft(Id, book.ToJsonString()));
        Refusal[] all = [decision.Refusal!, .. decision.Refusal!.Others!];
        Assert.All(all, refusal => Assert.Equal(("rulebook.faulty", "text"), (refusal.Code, refusal.Field)));
        Assert.Contains(all, refusal => refusal.Because.StartsWith($"{Id}.json, {book["rules"]![0]!["id"]}: ", StringComparison.Ordinal));
        Assert.Contains(all, refusal => refusal.Because.StartsWith($"{Id}.json, {book["rules"]![1]!["id"]}: ", StringComparison.Ordinal));
        Assert.Equal("0.1.2", InForce([], Now)!.Version);
    }

    [Theory]
    [InlineData("0.1.2", "2027-01-01", "rulebook.version-exists")]
    [InlineData("0.2.0", "2025-09-25", "rulebook.overlap")]
    public void Overlapping_validity_is_refused(string version, string from, string code) => RulebookVersions.Decider.Given()
        .When(new RulebookCommand.Draft(Id, Text(version, from))).ThenRefused(code, "text");

    [Fact]
    public void A_text_of_another_rulebook_is_refused() => RulebookVersions.Decider.Given()
        .When(new RulebookCommand.Draft("mars", Second)).ThenRefused("rulebook.another-id", "text");

    [Fact]
    public void The_draft_that_was_read_is_published() => RulebookVersions.Decider.Given(Drafted(Second))
        .When(new RulebookCommand.Publish("0.2.0", RulebookVersions.HashOf(Second), Now)).Then(Published(Second, Now));

    [Fact]
    public void A_draft_that_reads_otherwise_by_now_is_not_published() => RulebookVersions.Decider
        .Given(Drafted(Second), new RulebookEvent.Amended(Stream, Id, "0.2.0", RulebookVersions.HashOf(Other), Other))
        .When(new RulebookCommand.Publish("0.2.0", RulebookVersions.HashOf(Second), Now)).ThenRefused("rulebook.draft-changed");

    [Fact]
    public void Nothing_is_published_for_a_day_that_has_passed() => RulebookVersions.Decider.Given(Drafted(Second))
        .When(new RulebookCommand.Publish("0.2.0", RulebookVersions.HashOf(Second), VenueZone.At(new(2027, 1, 2), new(0, 0)))).ThenRefused("rulebook.from-passed");

    [Fact]
    public void The_delivered_version_is_retired_once_another_is_there() => RulebookVersions.Decider.Given(Drafted(Second), Published(Second, Now))
        .When(new RulebookCommand.Retire("0.1.2", new(2026, 12, 31), "replaced", Now))
        .Then(new RulebookEvent.Retired(Stream, Id, "0.1.2", new(2026, 12, 31), "replaced", Now));

    [Fact]
    public void A_version_holds_from_its_day_and_no_answer_of_before_is_given_by_it()
    {
        var state = RulebookVersions.Decider.Fold([Drafted(Second), Published(Second, Now)]);
        Assert.Equal("0.1.2", InForce(state.Published, Now.AddDays(1))!.Version);
        Assert.Equal("0.2.0", InForce(state.Published, VenueZone.At(new(2027, 1, 1), new(0, 0)))!.Version);
        Assert.Equal("0.1.0", InForce(state.Published, Now.AddYears(-1))!.Version);
    }

    [Fact]
    public void A_release_with_another_version_changes_no_answer_of_before()
    {
        var line = RulebookShelf.Deliveries(Id);
        Assert.Equal(["0.1.0", "0.1.1", "0.1.2"], line.Select(delivery => delivery.Book.Version));
        var replaced = line[1].Since!.Value;
        Assert.Equal((line[0].Hash, line[0].Text), InForce([], replaced.AddTicks(-1)) is { } before ? (before.Hash, before.Text) : default);
        Assert.Equal(line[^1].Hash, InForce([], line[^1].Since!.Value)!.Hash);
    }

    [Fact]
    public void A_retired_version_holds_until_its_last_day_and_what_was_asked_before_stays()
    {
        var state = RulebookVersions.Decider.Fold(
            [Drafted(Second), Published(Second, Now), new RulebookEvent.Retired(Stream, Id, "0.2.0", new(2027, 3, 31), "withdrawn", VenueZone.At(new(2027, 3, 1), new(12, 0)))]);
        Assert.Equal("0.2.0", InForce(state.Published, VenueZone.At(new(2027, 3, 31), new(23, 0)))!.Version);
        Assert.Equal("0.1.2", InForce(state.Published, VenueZone.At(new(2027, 4, 1), new(0, 0)))!.Version);
    }

    [Fact]
    public void The_list_shows_the_draft_until_it_is_a_version()
    {
        var story = Story.Of((Stream, Drafted(Second)), (Stream, Published(Second, Now)));
        Assert.Equal(VersionState.Draft, RulebookRow.View.Build(story[..1])[Stream].Versions.Single().State);
        Assert.Equal((VersionState.Published, new DateOnly(2027, 1, 1)),
            RulebookRow.View.Build(story)[Stream].Versions.Select(v => (v.State, v.From!.Value)).Single());
    }

    static PublishedVersion? InForce(IReadOnlyList<PublishedVersion> published, DateTimeOffset at) =>
        RulebookVersions.InForce(RulebookVersions.All(Id, published), at);

    static RulebookEvent.Drafted Drafted(string text) => new(Stream, Id, "0.2.0", RulebookVersions.HashOf(text), text);

    static RulebookEvent.Published Published(string text, DateTimeOffset at) =>
        new(Stream, Id, "0.2.0", RulebookVersions.HashOf(text), new(2027, 1, 1), null, at);

    /// <summary>The delivered rulebook under another version, shortened to its first three rules.</summary>
    internal static string Text(string version, string from, string? until = null, Action<JsonObject>? change = null)
    {
        var book = JsonNode.Parse(RulebookShelf.Text(Id))!.AsObject();
        (book["version"], book["validFrom"], book["validUntil"]) = (version, from, until);
        var rules = book["rules"]!.AsArray();
        while (rules.Count > 3) rules.RemoveAt(3);
        change?.Invoke(book);
        return book.ToJsonString();
    }
}
