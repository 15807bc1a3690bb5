using System.Net;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Notices;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Licences;

/// <summary>The whole way of a certificate through its doors.</summary>
public sealed class LicenceDoorTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    const string Why = LicenceScene.Why;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_venue_goes_from_application_to_certificate_and_its_history_says_who()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var licence = new LicenceScene(house, scene);
        await scene.AsOwner.Do("PUT", $"{licence.Path}/draft", new LicenceCommand.Draft(licence.Application, []));
        var submitted = await licence.Submit();
        Assert.Equal(scene.Venue, Assert.Single((await scene.AsAuthority.Get<Page<LicenceCard>>("/licences?awaiting=true", submitted)).Items).VenueId);
        await licence.Rule("returned", new LicenceCommand.Return("the plan is missing"));
        Assert.Empty((await scene.AsAuthority.Get<Page<LicenceCard>>("/licences?awaiting=true", await licence.Rule("refused", new LicenceCommand.Refuse(Why)))).Items);
        using (var again = await scene.AsOwner.Ask("POST", $"{licence.Path}/submitted", licence.Submission)) Assert.Equal("400 licence.refused-already applicationId", await again.Refusal());
        await scene.AsOwner.Do("POST", $"{licence.Path}/submitted", licence.Submission with { ApplicationId = Guid.NewGuid() });
        await licence.Rule("inspection-ordered", new LicenceCommand.OrderInspection(Why));
        using (var bare = await scene.AsAuthority.Ask("POST", $"{licence.Path}/granted", licence.Order with { WithoutAct = null })) Assert.Equal("409 licence.no-act", await bare.Refusal());
        var granted = await licence.Rule("granted", licence.Order);
        var permit = Assert.IsType<Licence.Granted>((await licence.Card(granted)).State).Permit;
        Assert.Equal(permit.Number, CertificateNumber.Parse(permit.Number));
        Assert.Equal([LicenceScene.Quiet], permit.Conditions);

        var history = (await scene.AsOwner.Get<Page<StoredFact>>($"{licence.Path}/history", granted)).Items;
        Assert.Equal(
            ["licence.drafted.v1", "licence.applied.v1", "licence.returned.v1", "licence.refused.v1", "licence.applied.v1", "licence.inspection-ordered.v1", "licence.granted.v2"],
            history.Select(fact => fact.Name));
        Assert.All(history, fact => Assert.StartsWith("user:", fact.Actor, StringComparison.Ordinal));
        using var named = await scene.AsOwner.Ask("GET", $"/subjects/{history[^1].Actor["user:".Length..]}"); // who decided is named to its holder: nobody is enrolled here
        using var stranger = await scene.AsOwner.Ask("GET", $"/subjects/{Guid.NewGuid()}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (named.StatusCode, stranger.StatusCode));
        var stretch = await scene.AsOwner.Get<Page<StoredFact>>($"{licence.Path}/history?limit=3");
        Assert.Equal(history.Select(f => f.EventId).Skip(3), (await scene.AsOwner.Get<Page<StoredFact>>($"{licence.Path}/history?after={stretch.Next}")).Items.Select(f => f.EventId));
    }

    [Fact]
    public async Task A_grant_that_is_sent_again_has_the_same_number_and_a_taken_number_goes_to_nobody_else()
    {
        var scene = await Scene.In(House);
        var licence = new LicenceScene(House, scene);
        await licence.Submit();
        await licence.Rule("inspection-ordered", new LicenceCommand.OrderInspection(Why));
        var first = CertificateNumber.Of(licence.Application, licence.Today.Year, 0);
        var log = House.Services.GetRequiredService<IEventLog>();
        await log.Execute(Certificate.Decider, Certificate.IdOf(first), new CertificateCommand.Take(first, Guid.NewGuid(), Guid.NewGuid()), new(Guid.NewGuid(), "reaction:test"), Ct);

        var key = Guid.NewGuid().ToString();
        using var officer = scene.AsAuthority;
        using var granted = await officer.Ask("POST", $"{licence.Path}/granted", licence.Order, ("Idempotency-Key", key));
        using var again = await officer.Ask("POST", $"{licence.Path}/granted", licence.Order, ("Idempotency-Key", key));
        using var anew = await officer.Ask("POST", $"{licence.Path}/granted", licence.Order);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (granted.StatusCode, again.StatusCode, anew.StatusCode));
        var (state, revision, _) = await log.Load(Licence.Decider, new("licence", scene.Venue), Ct);
        Assert.Equal(CertificateNumber.Of(licence.Application, licence.Today.Year, 1), state.Held?.Number);
        Assert.Equal(2, revision);
    }

    [Fact]
    public async Task Nothing_is_granted_without_an_inspection_and_no_number_is_spent_on_it()
    {
        var scene = await Scene.In(House);
        var licence = new LicenceScene(House, scene);
        await licence.Submit();
        Assert.Equal("409 licence.not-inspected", await (await scene.AsAuthority.Ask("POST", $"{licence.Path}/granted", licence.Order)).Refusal());
        await licence.Rule("inspection-ordered", new LicenceCommand.OrderInspection(Why));
        Assert.Equal("400 licence.grounds-missing grounds", await (await scene.AsAuthority.Ask("POST", $"{licence.Path}/granted", licence.Order with { Grounds = " " })).Refusal());
        var number = CertificateNumber.Of(licence.Application, licence.Today.Year, 0);
        Assert.Empty(await House.Services.GetRequiredService<IEventLog>().Read(new("certificate", Certificate.IdOf(number)), Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_closed_venue_gets_no_certificate()
    {
        var scene = await Scene.In(House);
        var licence = new LicenceScene(House, scene);
        await scene.AsAuthority.Do("POST", $"/venues/{scene.Venue}/closed", new VenueCommand.Close("gone"));
        Assert.Equal("409 venue.closed", await (await scene.AsAuthority.Ask("POST", $"{licence.Path}/granted", licence.Order)).Refusal());
    }

    [Fact]
    public async Task Who_decided_on_an_older_state_is_told_so()
    {
        var scene = await Scene.In(House);
        var licence = new LicenceScene(House, scene);
        await licence.Grant();
        Assert.Equal("412 request.stale", await (await scene.AsAuthority.Ask("POST", $"{licence.Path}/suspended", new LicenceCommand.Suspend(null, null, Why), ("If-Match", "\"1\""))).Refusal());
    }

    [Fact]
    public async Task Time_alone_escalates_reminds_and_ends_once_and_the_holder_hears_of_it()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var licence = new LicenceScene(house, scene);
        using var changes = await scene.AsOwner.Listen();
        await licence.Grant();
        await changes.Until("notice-list");
        var ends = licence.Today.AddYears(1).AddDays(-1);
        house.Clock.Advance(VenueZone.At(ends.AddDays(-7), new(12, 0)) - house.Clock.GetUtcNow());
        await licence.Tick();
        await licence.Tick();
        await changes.Until("notice-list");
        house.Clock.Advance(TimeSpan.FromDays(8));
        await licence.Tick();
        IReadOnlyList<NoticeKind> told;
        while (!(told = [.. (await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Select(notice => notice.Kind)]).Contains(NoticeKind.LicenceExpired))
        {
            await changes.Until("notice-list");
        }

        Assert.Equal([NoticeKind.LicenceExpired, NoticeKind.LicenceExpiresSoon, NoticeKind.LicenceGranted], told);
        Assert.IsType<Licence.Expired>((await licence.Card()).State);
    }
}
