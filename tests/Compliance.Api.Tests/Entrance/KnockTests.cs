using System.Net;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Entrance;

/// <summary>Second knocks, stale knocks, and reading what one wrote.</summary>
public sealed class KnockTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    Scene Scene => shared.Scene;

    [Fact]
    public async Task A_command_sent_again_under_its_key_counts_once_whatever_came_between()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        using var authority = Scene.AsAuthority;
        using var first = await authority.Ask("PUT", $"/venues/{Scene.Venue}/capacity", new VenueCommand.SetCapacity(300), key);
        await authority.Do("PUT", $"/venues/{Scene.Venue}/capacity", new VenueCommand.SetCapacity(400));
        using var again = await authority.Ask("PUT", $"/venues/{Scene.Venue}/capacity", new VenueCommand.SetCapacity(300), key);
        Assert.Equal((await first.Json()).GetRawText(), (await again.Json()).GetRawText());
        var shown = await authority.Do("PUT", $"/venues/{Scene.Venue}/capacity", new VenueCommand.SetCapacity(400));
        Assert.Equal(400, (await Scene.AsOwner.Get<VenueCard>($"/venues/{Scene.Venue}", shown)).Capacity);
    }

    [Fact]
    public async Task A_decision_on_an_old_revision_is_stale()
    {
        var done = await Scene.AsAuthority.Do("PUT", $"/venues/{Scene.Venue}/capacity", new VenueCommand.SetCapacity(251)); // the newest of what all tests wrote here
        using var shown = await Scene.AsOwner.Ask("GET", $"/venues/{Scene.Venue}", null, ("Compliance-After", done.Position.ToString()));
        var tag = ("If-Match", shown.Headers.ETag!.ToString());
        using var first = await Scene.AsOwner.Ask("PUT", $"/venues/{Scene.Venue}/opening-hours", new HoursForm([new(DayOfWeek.Friday, new(18, 0), new(3, 0))]), tag);
        using var second = await Scene.AsOwner.Ask("PUT", $"/venues/{Scene.Venue}/opening-hours", new HoursForm([]), tag);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("412 request.stale", await second.Refusal());
    }

    [Fact]
    public async Task A_question_sees_what_the_asker_wrote()
    {
        var done = await Scene.AsOwner.Do("PUT", $"/venues/{Scene.Venue}/details", new VenueCommand.CorrectDetails(Scene.Details with { NameRu = "Новая звезда" }));
        Assert.Equal("Новая звезда", (await Scene.AsOwner.Get<VenueCard>($"/venues/{Scene.Venue}", done)).Details.NameRu);
    }

    [Fact]
    public async Task Whoever_repeats_another_owners_registration_does_not_become_owner()
    {
        var venue = Guid.NewGuid();
        var registration = new VenueCommand.Register(venue, Scene.Details, 100, []);
        await Scene.AsOwner.Do("PUT", $"/venues/{venue}", registration);
        using var thief = shared.House.As(Guid.NewGuid(), "owner");
        using var repeated = await thief.Ask("PUT", $"/venues/{venue}", registration);
        Assert.Equal("409 venue.already-registered", await repeated.Refusal());
        using var refused = await thief.Ask("PUT", $"/venues/{venue}/capacity", new VenueCommand.SetCapacity(1));
        Assert.Equal("403 request.not-allowed", await refused.Refusal());
    }

    [Fact]
    public async Task An_owner_who_was_relieved_stays_out_when_he_registers_again()
    {
        var (venue, owner) = (Guid.NewGuid(), Guid.NewGuid());
        var registration = new VenueCommand.Register(venue, Scene.Details, 100, []);
        using var asOwner = shared.House.As(owner, "owner");
        await asOwner.Do("PUT", $"/venues/{venue}", registration);
        var today = VenueZone.Day(shared.House.Clock.GetUtcNow());
        await Scene.AsAuthority.Do("POST", $"/venues/{venue}/people", new VenueCommand.AppointPerson(new(owner, Post.Owner, today.AddDays(-9), null, [])));
        await Scene.AsAuthority.Do("POST", $"/venues/{venue}/people/relieved", new VenueCommand.RelievePerson(owner, Post.Owner, today.AddDays(-1)));
        await asOwner.Do("PUT", $"/venues/{venue}", registration);
        using var answer = await asOwner.Ask("PUT", $"/venues/{venue}/capacity", new VenueCommand.SetCapacity(1));
        Assert.Equal("403 request.not-allowed", await answer.Refusal());
    }

    [Fact]
    public async Task Only_the_authority_grants_a_statute()
    {
        var statute = new VenueCommand.GrantLegalBasis(new(Guid.NewGuid(), LegalBasisKind.Statute, "ҚР Заңы", "all", new(2026, 1, 1), null));
        using var owner = await Scene.AsOwner.Ask("POST", $"/venues/{Scene.Venue}/legal-bases", statute);
        Assert.Equal("403 request.not-allowed", await owner.Refusal());
        await Scene.AsAuthority.Do("POST", $"/venues/{Scene.Venue}/legal-bases", statute);
    }
}
