using System.Text;
using System.Text.Json.Nodes;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Reports;

/// <summary>Names, posts and texts are printed as they were at the instant concerned: what changes afterwards changes no document about what was before.</summary>
public sealed class PointInTimeTests(PointInTimeTests.Afterwards then) : IClassFixture<PointInTimeTests.Afterwards>
{
    /// <summary>The archive, with its documents of before; then the venue is renamed, gets another manager, its owner and the inspector marry, and the rulebook reads otherwise.</summary>
    public sealed class Afterwards : IAsyncLifetime
    {
        public const string NewName = "Темірқазық", OwnerThen = "Әлия Серікқызы", OwnerNow = "Әлия Ерланқызы", OfficerThen = "Жанна Омарова", OfficerNow = "Жанна Сейітова", NewWords = "Солай оқылмайды.";

        internal Archive Archive { get; } = new();

        internal Dictionary<string, string> Before { get; } = [];

        public async ValueTask InitializeAsync()
        {
            await Archive.InitializeAsync();
            await Call(Archive.Scene.Owner, OwnerThen);
            await Call(Archive.Officer, OfficerThen);
            foreach (var kind in Archive.Doors.Keys) Before[kind] = Read(await Archive.Take(kind, "kk", "html"));
            var scene = Archive.Scene;
            await Call(scene.Owner, OwnerNow);
            await Call(Archive.Officer, OfficerNow);
            await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/details", new VenueCommand.CorrectDetails(Entrance.Scene.Details with { NameKk = NewName, NameRu = NewName }));
            await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/people/relieved", new { SubjectId = scene.Manager, Post = Post.Manager, Until = VenueZone.Day(Archive.House.Clock.GetUtcNow()) });
            var book = JsonNode.Parse(RulebookShelf.Text(RulebookShelf.Usual))!;
            (book["version"], book["validFrom"]) = ("9.9.9", $"{VenueZone.Day(Archive.House.Clock.GetUtcNow()):yyyy-MM-dd}");
            foreach (var rule in book["rules"]!.AsArray()) rule!["requirement"]!["kk"] = NewWords;
            var drafted = await scene.AsAuthority.Do("PUT", $"/rulebooks/{RulebookShelf.Usual}/draft", new { text = book.ToJsonString() });
            var draft = (await scene.AsAuthority.Get<RulebookRow>($"/rulebooks/{RulebookShelf.Usual}/versions", drafted)).Versions[0];
            var published = await scene.AsAuthority.Do("POST", $"/rulebooks/{RulebookShelf.Usual}/published", new { draft.Version, draft.Hash });
            await scene.AsOwner.Get<RulebookCard[]>("/rulebooks", published);
        }

        async Task Call(Guid subject, string name) =>
            await Archive.House.Services.GetRequiredService<Persons>().Enrol(new(subject, name, null), new(Guid.CreateVersion7(), "reaction:test"), TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => Archive.DisposeAsync();
    }

    static string Read(byte[] html) => System.Net.WebUtility.HtmlDecode(Encoding.UTF8.GetString(html));

    /// <summary>Documents about something that is over: to the letter.</summary>
    [Theory, InlineData("act"), InlineData("prescription"), InlineData("month"), InlineData("certificate")]
    public async Task What_is_over_is_printed_to_the_letter_as_before(string kind)
    {
        Assert.DoesNotContain(Afterwards.NewName, then.Before[kind], StringComparison.Ordinal);
        Assert.Equal(then.Before[kind], Read(await then.Archive.Take(kind, "kk", "html")));
    }

    /// <summary>Documents that are made now about a time that is over say when they were made, and what was told of it since; their subject they call by its name of then.</summary>
    [Theory, InlineData("audit"), InlineData("ledger"), InlineData("outage")]
    public async Task What_is_told_now_of_a_time_that_is_over_bears_the_name_of_then(string kind)
    {
        var now = Read(await then.Archive.Take(kind, "kk", "html"));
        Assert.Contains(Scene.Details.NameKk, now, StringComparison.Ordinal);
        Assert.DoesNotContain(Afterwards.NewName, now, StringComparison.Ordinal);
        Assert.DoesNotContain(Afterwards.NewWords, now, StringComparison.Ordinal);
        Assert.DoesNotContain(Afterwards.OwnerNow, now, StringComparison.Ordinal);
    }

    [Theory, InlineData("act", Afterwards.OwnerThen), InlineData("act", Afterwards.OfficerThen), InlineData("prescription", Afterwards.OfficerThen), InlineData("audit", Afterwards.OwnerThen)]
    public async Task Who_signed_and_who_answered_bear_their_names_of_then(string kind, string name) =>
        Assert.Contains(name, Read(await then.Archive.Take(kind, "kk", "html")), StringComparison.Ordinal);

    /// <summary>The record of liability tells until now: it bears today's name, and what a duty demanded it says in the words the duty arose under. Who answers now bears today's name, who did something the name of that day.</summary>
    [Fact]
    public async Task The_record_of_liability_bears_todays_name_and_each_duty_the_words_it_arose_under()
    {
        var now = Read(await then.Archive.Take("liability", "kk", "html"));
        Assert.Contains(Afterwards.NewName, now, StringComparison.Ordinal);
        Assert.DoesNotContain(Afterwards.NewWords, now, StringComparison.Ordinal);
        Assert.Contains(Afterwards.OwnerNow, now, StringComparison.Ordinal);
        Assert.Contains(Afterwards.OwnerThen, now, StringComparison.Ordinal);
        Assert.Contains(Afterwards.OfficerThen, now, StringComparison.Ordinal);
        Assert.DoesNotContain(Afterwards.OfficerNow, now, StringComparison.Ordinal);
    }
}
