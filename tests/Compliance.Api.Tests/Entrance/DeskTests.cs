using System.Net.Http.Json;
using Compliance.Api.Feeds;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Entrance;

/// <summary>What the desks ask beyond the thread: people invited, bases accounted for, lists that begin with what fails.</summary>
public sealed class DeskTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    static readonly DateOnly Today = ShiftedClock.Today;

    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static PersonInvitation Inviting(string contact, Post post = Post.Manager, DateOnly? until = null) => new("Мадина Оспанова", contact, post, Today, until, []);

    static async Task<InvitedPerson> Invite(HttpClient client, Guid venue, PersonInvitation person, params (string, string)[] headers)
    {
        using var answer = await client.Ask("POST", $"/venues/{venue}/people/invited", person, headers);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<InvitedPerson>(EventCatalog.Json, Ct))!;
    }

    [Fact]
    public async Task Who_is_invited_answers_for_the_venue_and_gets_one_link()
    {
        var scene = await Scene.In(House);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var invited = await Invite(scene.AsOwner, scene.Venue, Inviting("+7 (701) 555-01-01"), key);
        Assert.Contains("/welcome?", invited.Link, StringComparison.Ordinal);
        Assert.StartsWith("<svg", invited.LinkQr, StringComparison.Ordinal);
        var card = await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", new(invited.Revision, invited.Position));
        Assert.Contains(card.People, p => p.SubjectId == invited.SubjectId && p.Post == Post.Manager);
        Assert.Equal("Мадина Оспанова", (await scene.AsOwner.Get<Subject>($"/subjects/{invited.SubjectId}")).Name);

        var repeated = await Invite(scene.AsOwner, scene.Venue, Inviting("+77015550101"), key);
        Assert.Equal(invited.SubjectId, repeated.SubjectId);
    }

    [Fact]
    public async Task Whom_another_invited_is_appointed_by_the_authority_and_nobody_gets_a_link_into_the_account()
    {
        var (scene, other) = (await Scene.In(House), await Scene.In(House));
        var first = await Invite(scene.AsOwner, scene.Venue, Inviting("madina@example.kz"));
        using var refused = await other.AsOwner.Ask("POST", $"/venues/{other.Venue}/people/invited", Inviting("Madina@example.kz"));
        Assert.Equal("409 person.known-elsewhere", await refused.Refusal());

        var second = await Invite(House.As(Guid.NewGuid(), "authority"), other.Venue, Inviting("Madina@example.kz"));
        Assert.Equal(first.SubjectId, second.SubjectId);
        Assert.Null(second.Link);
    }

    [Fact]
    public async Task An_account_without_the_role_of_the_post_is_not_appointed_by_contact()
    {
        var scene = await Scene.In(House);
        var invited = await Invite(scene.AsOwner, scene.Venue, Inviting("manager@example.kz"));
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", new(invited.Revision, invited.Position));
        using var answer = await scene.AsOwner.Ask("POST", $"/venues/{scene.Venue}/people/invited", Inviting("manager@example.kz", Post.Owner));
        Assert.Equal("409 venue.person-unfit", await answer.Refusal());

        // Nor is anybody the owner whom nobody knows, and no past day gets another owner from the venue itself.
        var ghost = new VenueCommand.AppointPerson(new(Guid.NewGuid(), Post.Owner, new(1900, 1, 1), null, []));
        using var unknown = await scene.AsOwner.Ask("POST", $"/venues/{scene.Venue}/people", ghost);
        Assert.Equal("409 venue.person-unfit", await unknown.Refusal());
        using var relieved = await scene.AsOwner.Ask("POST", $"/venues/{scene.Venue}/people/relieved", new VenueCommand.RelievePerson(scene.Owner, Post.Owner, new(2020, 1, 1)));
        Assert.Equal("409 venue.term-past", await relieved.Refusal());
    }

    [Fact]
    public async Task A_refused_appointment_leaves_no_account_behind()
    {
        var scene = await Scene.In(House);
        using var refused = await scene.AsOwner.Ask("POST", $"/venues/{scene.Venue}/people/invited", Inviting("later@example.kz", until: Today.AddDays(-1)));
        Assert.Equal("400 venue.dates-backward until", await refused.Refusal());
        Assert.NotNull((await Invite(scene.AsOwner, scene.Venue, Inviting("later@example.kz"))).Link);
    }

    [Theory]
    [InlineData("", "x@example.kz", "400 person.name-missing name"), InlineData("Мадина", "Мадина", "400 person.contact-malformed contact"), InlineData("Мадина", "not a contact", "400 person.contact-malformed contact"), InlineData("Мадина", "", "400 person.contact-malformed contact")]
    public async Task A_person_without_a_name_or_a_contact_is_not_invited(string name, string contact, string refusal)
    {
        using var answer = await shared.Scene.AsOwner.Ask("POST", $"/venues/{shared.Scene.Venue}/people/invited", Inviting(contact) with { Name = name });
        Assert.Equal(refusal, await answer.Refusal());
    }

    [Fact]
    public async Task An_installer_is_named_to_the_camera_he_registers()
    {
        var scene = await Scene.In(House);
        using var installer = House.As(scene.Installer, "installer");
        var camera = Guid.NewGuid();
        var done = await installer.Do("PUT", $"/devices/{camera}", scene.CameraAt(Scene.Feed) with { DeviceId = camera });
        using var secret = await installer.Ask("PUT", $"/devices/{camera}/feed-credentials", new FeedCredentials("police", "x"));
        Assert.True(secret.IsSuccessStatusCode);
        var card = await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", done);
        Assert.Equal([scene.Camera, camera], card.People.Single(p => p.SubjectId == scene.Installer).Devices);
    }

    [Fact]
    public async Task A_change_of_address_that_comes_too_late_leaves_the_camera_its_password()
    {
        var scene = await Scene.In(House);
        var vault = House.Services.GetRequiredService<SecretVault>();
        using (var kept = await scene.AsOwner.Ask("PUT", $"/devices/{scene.Camera}/feed-credentials", new FeedCredentials("police", "x"))) kept.EnsureSuccessStatusCode();
        var moved = new DeviceCommand.ChangeFeed(Scene.Feed with { Main = new("rtsp://elsewhere.example.kz/") });
        using var stale = await scene.AsOwner.Ask("PUT", $"/devices/{scene.Camera}/feed", moved, ("If-Match", "\"77\""));
        Assert.Equal("412 request.stale", await stale.Refusal());
        Assert.NotNull(vault.FeedSecretOf(scene.Camera, Scene.Feed.Main));
        await scene.AsOwner.Do("PUT", $"/devices/{scene.Camera}/feed", moved);
        Assert.Null(vault.FeedSecretOf(scene.Camera, moved.Feed.Main));
    }

    [Fact]
    public async Task Who_granted_and_who_withdrew_a_basis_is_told_to_oversight()
    {
        var scene = await Scene.In(House);
        var done = await scene.AsAuthority.Do("POST", $"/venues/{scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(scene.Consent, "sold"));
        using var oversight = House.As(Guid.NewGuid(), "oversight");
        var row = (await oversight.Get<Page<LegalBasisRow>>("/legal-bases?limit=200", done)).Items.Single(r => r.VenueId == scene.Venue);
        Assert.Equal(($"user:{scene.Owner}", "sold"), (row.GrantedBy, row.Withdrawn?.Reason));
        Assert.False(row.HoldsOn(Today));
    }

    [Fact]
    public async Task Who_was_forgotten_is_told_without_a_name()
    {
        var scene = await Scene.In(House);
        var invited = await Invite(scene.AsOwner, scene.Venue, Inviting("forget@example.kz"));
        using var oversight = House.As(Guid.NewGuid(), "oversight");
        var done = await oversight.Do("POST", $"/subjects/{invited.SubjectId}/key-destroyed", new { });
        Assert.Contains((await oversight.Get<Page<ForgottenPerson>>("/subjects/forgotten", done)).Items, p => p.SubjectId == invited.SubjectId);
    }

    [Fact]
    public async Task Lists_begin_with_what_fails_and_feeds_are_counted_whatever_the_page()
    {
        await using var house = new House();
        var scenes = new[] { await Scene.In(house), await Scene.In(house), await Scene.In(house) };
        var at = house.Clock.GetUtcNow();
        await scenes[0].Tell(scenes[0].Saw(Verdict.Online, at));
        await scenes[2].Tell(scenes[2].Saw(Verdict.Unreachable, at));
        var done = await scenes[1].AsAuthority.Do("PUT", $"/venues/{scenes[1].Venue}/capacity", new VenueCommand.SetCapacity(7));
        using var police = house.As(Guid.NewGuid(), "operator");
        Assert.Equal([scenes[2].Venue], (await police.Get<Page<VenueCard>>("/venues?limit=1", done)).Items.Select(v => v.VenueId));
        Assert.Equal([scenes[2].Camera, scenes[1].Camera, scenes[0].Camera], (await police.Get<Page<FeedRow>>("/feeds")).Items.Select(f => f.Card.DeviceId));
        Assert.Equal([scenes[0].Camera], (await police.Get<Page<FeedRow>>("/feeds?state=Up")).Items.Select(f => f.Card.DeviceId));
        Assert.Empty((await police.Get<Page<FeedRow>>("/feeds?district=Медеу")).Items);
        Assert.Equal([new FeedTally(Scene.Details.District, 1, 1, 1)], await police.Get<IReadOnlyList<FeedTally>>("/feeds/tally"));
    }

    [Fact]
    public async Task Unread_notices_are_counted_beyond_a_page()
    {
        var scene = await Scene.In(House);
        using var changes = await scene.AsOwner.Listen();
        await scene.AsOwner.Do("POST", $"/devices/{scene.Exit}/verdicts", new DeviceCommand.ReportVerdict(
            Verdict.Blocked, House.Clock.GetUtcNow(), House.Clock.GetUtcNow(), Guid.NewGuid(), "boxes", null));
        await changes.Until("notice-list");
        Assert.Equal(new UnreadNotices(1), await scene.AsOwner.Get<UnreadNotices>("/notices/unread"));
        var notice = Assert.Single((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items);
        var read = await scene.AsOwner.Do("POST", $"/notices/{notice.NoticeId}/read");
        Assert.Equal(new UnreadNotices(0), await scene.AsOwner.Get<UnreadNotices>("/notices/unread", read));
    }

    [Fact]
    public async Task All_notices_a_person_had_before_him_are_read_at_once_and_by_nobody_else()
    {
        var (scene, other) = (await Scene.In(House), await Scene.In(House));
        await other.NoticeOfABlockedExit();
        await scene.NoticeOfABlockedExit();
        using var changes = await scene.AsOwner.Listen();
        await scene.AsOwner.Do("POST", $"/devices/{scene.Exit}/verdicts", new DeviceCommand.ReportVerdict(
            Verdict.Clear, House.Clock.GetUtcNow(), House.Clock.GetUtcNow(), Guid.NewGuid(), "", null));
        await changes.Until("notice-list");
        var notices = (await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items;
        Assert.Equal(2, notices.Count);

        var first = await scene.AsOwner.Do("POST", "/notices/read", new NoticesRead(notices[1].IssuedAt));
        Assert.Equal(new UnreadNotices(1), await scene.AsOwner.Get<UnreadNotices>("/notices/unread", first));
        var rest = await scene.AsOwner.Do("POST", "/notices/read", new NoticesRead(notices[0].IssuedAt));
        Assert.Equal(new UnreadNotices(0), await scene.AsOwner.Get<UnreadNotices>("/notices/unread", rest));
        Assert.Equal(LogPosition.Start, (await scene.AsOwner.Do("POST", "/notices/read", new NoticesRead(notices[0].IssuedAt))).Position);

        using var manager = House.As(scene.Manager, "manager");
        Assert.Equal(new UnreadNotices(2), await manager.Get<UnreadNotices>("/notices/unread", rest));
        Assert.Equal(new UnreadNotices(1), await other.AsOwner.Get<UnreadNotices>("/notices/unread", rest));
    }
}
