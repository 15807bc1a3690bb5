using System.Net;
using Compliance.Api.Alerts;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Alerts;

/// <summary>The clip of an alert: the one that was told, sealed, seen under a record, and gone when its term is over.</summary>
public sealed class ClipTests : IAsyncDisposable
{
    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    static async Task<string> Refusal(Task<HttpResponseMessage> asked) => await (await asked).Refusal();

    [Fact]
    public async Task Only_the_clip_that_was_told_is_kept_and_only_from_the_box_that_holds_the_venue()
    {
        var (scene, stranger) = (await AlertScene.In(_house), await AlertScene.In(_house));
        var (mp4, told) = (AlertScene.Mp4(), scene.Fight());
        await scene.Tell(told);
        Assert.Equal("409 alert.clip-unnamed", await Refusal(scene.PutClip(told.AlertId, mp4)));
        await scene.Tell(told with { Clip = new(AlertScene.HashOf(mp4), 30) });
        Assert.Equal("400 alert.clip-changed body", await Refusal(scene.PutClip(told.AlertId, AlertScene.Mp4(2))));
        Assert.Equal("400 alert.clip-no-video body", await Refusal(scene.PutClip(told.AlertId, "GIF89a, or something"u8.ToArray())));
        Assert.Equal("404 alert.unknown", await Refusal(scene.PutClip(told.AlertId, mp4, stranger.Venue.AsProbe)));
        Assert.Equal("400 alert.clip-large body", await Refusal(scene.PutClip(told.AlertId, [.. mp4, .. new byte[AlertClip.Largest]])));
        for (var times = 0; times < 2; times++)
        {
            using var kept = await scene.PutClip(told.AlertId, mp4);
            Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        }
    }

    [Fact]
    public async Task That_an_officer_sees_it_is_a_fact_of_the_incident_once_a_day()
    {
        var (scene, incident, alert) = await WithClip();
        for (var times = 0; times < 2; times++)
        {
            using var seen = await scene.AsOfficer.Ask("GET", $"/incidents/{incident}/clips/{alert}");
            Assert.Equal("video/mp4", seen.Content.Headers.ContentType!.MediaType);
            Assert.Equal(Copy, await seen.Content.ReadAsByteArrayAsync(Ct));
        }

        using var also = await scene.AsLead.Ask("GET", $"/incidents/{incident}/clips/{alert}");
        var facts = await _house.Services.GetRequiredService<IEventLog>().Read(new(Incident.Decider.Category, incident), Ct).Select(EventCatalog.Decode).OfType<IncidentEvent.ClipViewed>().ToListAsync(Ct);
        Assert.Equal([(alert, scene.Officer), (alert, scene.Lead)], facts.Select(f => (f.AlertId, f.By)));
        using var owner = await scene.Venue.AsOwner.Ask("GET", $"/incidents/{incident}/clips/{alert}");
        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
        var other = await Another(scene);
        foreach (var copy in (string[])["", "/original"]) Assert.Equal("400 policeincident.alert-foreign alertId", await Refusal(scene.AsOfficer.Ask("GET", $"/incidents/{other}/clips/{alert}{copy}")));
    }

    /// <summary>A clip is seen through its own incident, which says why.</summary>
    async Task<Guid> Another(AlertScene scene)
    {
        _house.Clock.Advance(TimeSpan.FromMinutes(11));
        var other = scene.Fight();
        await scene.Tell(other);
        return (await scene.IncidentOf(other.AlertId)).Card.IncidentId;
    }

    [Fact]
    public async Task No_byte_of_the_original_leaves_before_somebody_said_why_and_that_is_a_fact()
    {
        var (scene, incident, alert) = await WithClip();
        var original = $"/incidents/{incident}/clips/{alert}/original";
        var why = new IncidentCommand.Unblur(UnblurReason.IdentifyVictim, null);
        Assert.Equal("409 policeincident.untaken", await Refusal(scene.AsOfficer.Ask("GET", original)));
        Assert.Equal("409 policeincident.untaken", await scene.Refused(incident, $"clips/{alert}/unblurred", why));
        await scene.Do(incident, "taken");
        Assert.Equal("409 policeincident.clip-blurred", await Refusal(scene.AsOfficer.Ask("GET", original)));
        Assert.Equal("409 policeincident.clip-blurred", await Refusal(scene.AsLead.Ask("GET", original)));
        Assert.Empty(await Unblurred(incident));
        Assert.Equal("400 policeincident.unblur-case caseNumber", await scene.Refused(incident, $"clips/{alert}/unblurred", why with { Reason = UnblurReason.Other }));

        await scene.Do(incident, $"clips/{alert}/unblurred", why);
        Assert.Equal([(alert, scene.Officer, UnblurReason.IdentifyVictim, null)], await Unblurred(incident));
        using (var seen = await scene.AsOfficer.Ask("GET", original)) Assert.Equal(AlertScene.Mp4(), await seen.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("409 policeincident.clip-blurred", await Refusal(scene.AsLead.Ask("GET", original))); // each for himself
        using var another = _house.As(Guid.NewGuid(), "operator");
        Assert.Equal("409 policeincident.taken", await Refusal(another.Ask("GET", original)));
        Assert.Equal("409 policeincident.taken", await scene.Refused(incident, $"clips/{alert}/unblurred", why, another));

        _house.Clock.Advance(Incident.UnblurFor);
        Assert.Equal("409 policeincident.clip-blurred", await Refusal(scene.AsOfficer.Ask("GET", original)));
        await scene.Do(incident, $"clips/{alert}/unblurred", new IncidentCommand.Unblur(UnblurReason.Other, "1723-26"), scene.AsLead);
        using (var seen = await scene.AsLead.Ask("GET", original)) Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal(2, (await Unblurred(incident)).Count);
    }

    [Fact]
    public async Task Oversight_reads_each_time_the_blur_was_taken_off_and_the_owner_that_it_was_once_it_is_over()
    {
        var (scene, incident, alert) = await WithClip();
        await scene.Do(incident, "taken");
        var done = await scene.AsOfficer.Do("POST", $"/incidents/{incident}/clips/{alert}/unblurred", new IncidentCommand.Unblur(UnblurReason.EvidenceForCase, "17-26"));
        using var oversight = _house.As(Guid.NewGuid(), "oversight");
        var row = Assert.Single((await oversight.Get<Page<UnblurredClip>>("/incidents/unblurred", done)).Items);
        Assert.Equal(new(incident, scene.Venue.Venue, alert, scene.Officer, UnblurReason.EvidenceForCase, "17-26", row.At), row);
        Assert.InRange(scene.Now - row.At, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(1, Assert.Single(await oversight.Get<IReadOnlyList<AnswerDay>>("/incidents/answers", done)).Unblurred);
        using (var officer = await scene.AsOfficer.Ask("GET", "/incidents/unblurred")) Assert.Equal(HttpStatusCode.Forbidden, officer.StatusCode);
        Assert.Empty((await scene.Venue.AsOwner.Get<Page<EndedIncident>>($"/venues/{scene.Venue.Venue}/alerts", done)).Items);

        done = await scene.AsOfficer.Do("POST", $"/incidents/{incident}/rejected", new IncidentRejection(RejectReason.Dance, null));
        _house.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        Assert.Equal([row.At], Assert.Single((await scene.Venue.AsOwner.Get<Page<EndedIncident>>($"/venues/{scene.Venue.Venue}/alerts", done)).Items).Unblurred);

        _house.Clock.Advance(TimeSpan.FromMinutes(3)); // the same camera calls a desk again
        var told = scene.Fight();
        Assert.Equal([null], await scene.Tell(told));
        var other = (await scene.IncidentOf(told.AlertId)).Card.IncidentId; // nobody takes its blur off
        await scene.Do(other, "taken");
        done = await scene.AsOfficer.Do("POST", $"/incidents/{other}/rejected", new IncidentRejection(RejectReason.Dance, null));
        _house.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        Assert.Equal([other, incident], (await scene.Venue.AsOwner.Get<Page<EndedIncident>>($"/venues/{scene.Venue.Venue}/alerts", done)).Items.Select(one => one.IncidentId));
        Assert.Equal([incident], (await scene.Venue.AsOwner.Get<Page<EndedIncident>>($"/venues/{scene.Venue.Venue}/alerts?unblurred=true", done)).Items.Select(one => one.IncidentId));
    }

    [Fact]
    public async Task A_clip_that_nobody_blurred_is_shown_to_nobody_who_did_not_say_why()
    {
        var scene = await AlertScene.In(_house);
        var (incident, alert) = await scene.WithClip(AlertScene.Mp4(), null);
        await scene.Do(incident, "taken");
        Assert.Equal("409 policeincident.blurred-clip-missing", await Refusal(scene.AsOfficer.Ask("GET", $"/incidents/{incident}/clips/{alert}")));
        await scene.Do(incident, $"clips/{alert}/unblurred", new IncidentCommand.Unblur(UnblurReason.IdentifyOffender, null));
        using var seen = await scene.AsOfficer.Ask("GET", $"/incidents/{incident}/clips/{alert}/original");
        Assert.Equal(AlertScene.Mp4(), await seen.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task Only_the_copy_that_was_told_is_kept_and_what_came_too_late_lies_nowhere()
    {
        var scene = await AlertScene.In(_house);
        var (_, alert) = await scene.WithClip(AlertScene.Mp4(), null);
        Assert.Equal("409 alert.clip-unnamed", await Refusal(scene.PutClip(alert, Copy, copy: "blurred-clip")));
        await scene.Tell(scene.Fight(alert) with { Clip = new(AlertScene.HashOf(AlertScene.Mp4()), 30), Blurred = AlertScene.BlurOf(Copy) });
        Assert.Equal("400 alert.clip-changed body", await Refusal(scene.PutClip(alert, AlertScene.Mp4(), copy: "blurred-clip")));
        await EraseAfter(TimeSpan.FromHours(25));
        Assert.Equal("409 alert.clip-erased", await Refusal(scene.PutClip(alert, Copy, copy: "blurred-clip")));
        Assert.Null(Store.Get(alert, ClipCopy.Blurred));
    }

    [Fact]
    public async Task What_is_sent_again_while_its_term_ends_lies_nowhere()
    {
        var (scene, mp4) = (await AlertScene.In(_house), (byte[])[.. AlertScene.Mp4(), .. new byte[2 << 20]]);
        var (_, alert) = await scene.WithClip(mp4, null);
        using var late = new Interrupted(mp4, () => EraseAfter(TimeSpan.FromHours(25)));
        using var answer = await scene.Venue.AsProbe.PutAsync($"/probe/alerts/{alert}/clip", late, Ct);
        Assert.Equal("409 alert.clip-erased", await answer.Refusal());
        Assert.Equal(0, Kept(alert));
    }

    /// <summary>Something happens when most of it has been read.</summary>
    sealed class Interrupted(byte[] bytes, Func<Task> meanwhile) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var at = 0; at < bytes.Length; at += 1 << 16)
            {
                if (at == bytes.Length / 2 >> 16 << 16) await meanwhile(); // what fits into no buffer was read: the door knows the alert as it was
                await stream.WriteAsync(bytes.AsMemory(at, Math.Min(1 << 16, bytes.Length - at)), Ct);
                await stream.FlushAsync(Ct);
            }
        }

        protected override bool TryComputeLength(out long length) => (length = bytes.Length) > 0;
    }

    async Task<IReadOnlyList<(Guid, Guid, UnblurReason, string?)>> Unblurred(Guid incident) => [.. (await _house.Services.GetRequiredService<IEventLog>()
        .Read(new(Incident.Decider.Category, incident), Ct).Select(EventCatalog.Decode).OfType<IncidentEvent.ClipUnblurred>().ToListAsync(Ct)).Select(f => (f.AlertId, f.By, f.Reason, f.CaseNumber))];

    [Fact]
    public async Task Unconfirmed_it_goes_after_a_day()
    {
        var (scene, incident, alert) = await WithClip();
        await EraseAfter(TimeSpan.FromHours(23));
        Assert.Equal(2, Kept(alert));
        await EraseAfter(TimeSpan.FromHours(1.1));
        Assert.Equal(0, Kept(alert));
        using var gone = await scene.AsOfficer.Ask("GET", $"/incidents/{incident}/clips/{alert}");
        Assert.Equal("409 policeincident.blurred-clip-missing", await gone.Refusal());
    }

    [Fact]
    public async Task Confirmed_it_goes_after_a_month_and_preserved_when_its_day_is_over()
    {
        var (scene, incident, alert) = await WithClip();
        await scene.Do(incident, "taken");
        await scene.Do(incident, "confirmed");
        await Judged(scene, incident);
        await EraseAfter(TimeSpan.FromDays(29));
        Assert.Equal(2, Kept(alert));

        var until = VenueZone.Day(scene.Now).AddDays(60);
        Assert.Equal("400 policeincident.case-number-missing caseNumber", await scene.Refused(incident, "preserved", new IncidentCommand.Preserve(alert, " ", until)));
        await scene.Do(incident, "preserved", new IncidentCommand.Preserve(alert, "№17", until));
        await EraseAfter(TimeSpan.FromDays(59));
        Assert.Equal(2, Kept(alert));
        await EraseAfter(TimeSpan.FromDays(3));
        Assert.Equal(0, Kept(alert));
    }

    [Fact]
    public async Task A_hold_that_is_granted_while_others_are_erased_holds()
    {
        var scene = await AlertScene.In(_house);
        var (first, second) = (await scene.WithClip(AlertScene.Mp4(), Copy), await scene.WithClip(AlertScene.Mp4(), Copy)); // one incident, two clips of one age
        _house.Clock.Advance(TimeSpan.FromHours(25));
        await scene.AsOfficer.Get<IncidentLine>($"/incidents/{first.Incident}");
        var log = _house.Services.GetRequiredService<IEventLog>();
        var hold = new IncidentCommand.Preserve(second.Alert, "17-26", VenueZone.Day(scene.Now).AddDays(9), true, new(scene.Officer, false), scene.Now);
        var watched = new Watched(log, first.Alert, () => log.Execute(Incident.Decider, second.Incident, hold, new(Guid.NewGuid(), "user:x"), Ct));
        await ActivatorUtilities.CreateInstance<ClipStore>(_house.Services, watched).EraseOld(Ct);
        Assert.Equal((0, 2), (Kept(first.Alert), Kept(second.Alert)));
    }

    /// <summary>A log in which something happens when the first of the clips was erased.</summary>
    sealed class Watched(IEventLog log, Guid first, Func<Task> act) : IEventLog
    {
        public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => log.Read(stream, ct);

        public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) => log.Follow(after, ct);

        public async Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
        {
            if (stream.Id == first) await act();
            return await log.Append(stream, expectedRevision, facts, origin, ct);
        }
    }

    static byte[] Copy => AlertScene.Mp4(9);

    /// <summary>Copies that lie sealed.</summary>
    int Kept(Guid alert) => Enum.GetValues<ClipCopy>().Count(copy => Store.Get(alert, copy) is not null);

    ClipStore Store => _house.Services.GetRequiredService<ClipStore>();

    async Task EraseAfter(TimeSpan time)
    {
        _house.Clock.Advance(time);
        await Store.EraseOld(Ct);
    }

    static Task<IncidentLine> Judged(AlertScene scene, Guid incident) => Asking.Until(() => scene.AsOfficer.Get<IncidentLine>($"/incidents/{incident}"), line => line.Alerts[0].Row.Judgement is not null);

    async Task<(AlertScene Scene, Guid Incident, Guid Alert)> WithClip()
    {
        var scene = await AlertScene.In(_house);
        var (incident, alert) = await scene.WithClip(AlertScene.Mp4(), Copy);
        return (scene, incident, alert);
    }
}
