using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Outages.Outage;
using static Compliance.Domain.Outages.OutageCommand;
using static Compliance.Domain.Outages.OutageEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Outages;

public sealed class OutageSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-00000000000f");
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Opened Began = new(Id, Camera, Venue, DeviceKind.Camera, Verdict.Unreachable, Noon, "refused");
    static readonly Closed Ended = new(Id, Camera, Venue, Verdict.Unreachable, Noon.AddMinutes(7));

    static DeviceEvent.VerdictChanged Says(Verdict to) =>
        new(Camera, Venue, DeviceKind.Camera, Verdict.Unknown, to, Noon, Noon.AddSeconds(30), Id, "refused", null);

    [Fact] public void An_outage_opens_when_the_duty_was_last_met() => Decider
        .Given()
        .When(new OutageCommand.Open(Id, Camera, Venue, DeviceKind.Camera, Verdict.Unreachable, Noon, "refused"))
        .Then(Began);

    [Fact] public void Its_verdict_may_change_while_it_runs() => Decider
        .Given(Began)
        .When(new ChangeVerdict(Verdict.AuthFailed, Noon.AddMinutes(1), "401"))
        .Then(new VerdictChanged(Id, Camera, Venue, Verdict.AuthFailed, Noon.AddMinutes(1), "401"));

    [Fact] public void Its_reason_may_change_while_it_runs_and_nothing_else_with_it() => Decider
        .Given(Began)
        .When(new ChangeReason(Noon.AddMinutes(5), "NoAnswer"))
        .Then(new ReasonChanged(Id, Camera, Venue, Noon.AddMinutes(5), "NoAnswer"));

    [Theory, InlineData(5), InlineData(3), InlineData(-1)]
    public void A_reason_that_is_reacted_to_again_changes_nothing(int minute) => Decider
        .Given(Began, new ReasonChanged(Id, Camera, Venue, Noon.AddMinutes(5), "NoAnswer"))
        .When(new ChangeReason(Noon.AddMinutes(minute), "NoAnswer"))
        .ThenNothing();

    [Fact] public void What_is_over_gets_no_other_reason() => Decider.Given(Began, Ended).When(new ChangeReason(Noon.AddMinutes(5), "NoAnswer")).ThenNothing();

    [Fact]
    public void The_list_keeps_the_beginning_of_an_outage_and_tells_each_reason()
    {
        var told = Of((Camera, new DeviceEvent.ReasonChanged(Camera, Venue, Verdict.Unreachable, Id, Noon.AddMinutes(5), Noon.AddMinutes(10), "NoAnswer"))).Single();
        var reaction = Assert.Single(OpenOutageWhenDutyFails.Policy.React(EventCatalog.Decode(told)!, told));
        Assert.NotNull(reaction);
        var row = OutageRow.View.Build(Of((Id, Began), (Id, new ReasonChanged(Id, Camera, Venue, Noon.AddMinutes(5), "NoAnswer"))))[Id];
        Assert.Equal((Noon, null, Verdict.Unreachable, "NoAnswer"), (row.StartedAt, row.EndedAt, row.Verdict, row.Detail));
        Assert.Equal([new("NoAnswer", Noon.AddMinutes(5))], row.Reasons);
    }

    [Fact] public void It_closes_once() => Decider.Given(Began).When(new Close(Noon.AddMinutes(7))).Then(Ended);

    [Fact] public void It_does_not_end_before_it_began() => Decider
        .Given(Began)
        .When(new Close(Noon.AddMinutes(-7)))
        .Then(Ended with { EndedAt = Noon });

    [Fact] public void What_is_over_stays_over() => Decider.Given(Began, Ended).When(new ChangeVerdict(Verdict.Stalled, Noon, "")).ThenNothing();

    [Fact] public void It_ends_with_the_duty_and_says_why() => Decider
        .Given(Began)
        .When(new EndDuty(Verdict.VenueClosed, Noon.AddMinutes(7)))
        .Then(new DutyEnded(Id, Camera, Venue, Verdict.Unreachable, Verdict.VenueClosed, Noon.AddMinutes(7)));

    [Fact] public void An_older_verdict_that_is_reacted_to_again_changes_nothing() => Decider
        .Given(Began, new VerdictChanged(Id, Camera, Venue, Verdict.AuthFailed, Noon.AddMinutes(1), "401"))
        .When(new ChangeVerdict(Verdict.Unreachable, Noon, "refused"))
        .ThenNothing();

    [Fact] public void An_unknown_outage_cannot_close() => Decider.Given().When(new Close(Noon)).ThenRefused("outage.unknown");

    [Theory]
    [InlineData(Verdict.Online, "outage.closed.v1")]
    [InlineData(Verdict.VenueClosed, "outage.duty-ended.v1")]
    [InlineData(Verdict.NoLegalBasis, "outage.duty-ended.v1")]
    public async Task A_bad_verdict_opens_and_a_good_one_or_the_end_of_the_duty_closes(Verdict last, string end)
    {
        var ct = TestContext.Current.CancellationToken;
        var log = new MemoryEventLog(TimeProvider.System);
        foreach (var recorded in Of((Camera, Says(Verdict.Unreachable)), (Camera, Says(Verdict.AuthFailed)), (Camera, Says(Verdict.Unknown)), (Camera, Says(last))))
            foreach (var reaction in OpenOutageWhenDutyFails.Policy.React(EventCatalog.Decode(recorded)!, recorded))
                Assert.Null((await reaction.Execute(log, new(recorded.EventId, "reaction:test"), ct)).Refusal);
        Assert.Equal(
            ["outage.opened.v2", "outage.verdict-changed.v1", end],
            await log.Read(new("outage", Id), ct).Select(r => r.Name).ToArrayAsync(ct));
    }

    [Fact]
    public void The_list_names_the_facts_it_rests_on()
    {
        var log = Of((Id, Began), (Id, Ended));
        var row = OutageRow.View.Build(log)[Id];
        Assert.Equal(log.Select(r => r.EventId), row.EventIds);
        Assert.Equal((Noon, log[0].RecordedAt, Noon.AddMinutes(7)), (row.StartedAt, row.DetectedAt, row.EndedAt!.Value));
    }

    [Fact]
    public void A_duty_that_ended_is_not_told_as_mended()
    {
        var ended = Of((Id, Began), (Id, new DutyEnded(Id, Camera, Venue, Verdict.Unreachable, Verdict.VenueClosed, Noon.AddMinutes(7))));
        Assert.Equal(Verdict.VenueClosed, OutageRow.View.Build(ended)[Id].DutyEndedBecause);
    }

    /// <summary>The notices that facts of one exit, or of one camera, call for.</summary>
    static async Task<NoticeKind[]> Told(DeviceKind kind, Verdict verdict, OutageEvent end)
    {
        var ct = TestContext.Current.CancellationToken;
        var log = new MemoryEventLog(TimeProvider.System);
        await log.Append(new("outage", Id), -1, [Began with { Kind = kind, Verdict = verdict }, end], new(Id, "reaction:test"), ct);
        for (var twice = 0; twice < 2; twice++)
            foreach (var recorded in await log.Read(new("outage", Id), ct).ToListAsync(ct))
                foreach (var reaction in NotifyWhenOutageOpensOrCloses.Policy.React(EventCatalog.Decode(recorded)!, recorded))
                    Assert.Null((await reaction.Execute(log, new(recorded.EventId, "reaction:test"), ct)).Refusal);
        return [.. (await log.Follow(LogPosition.Start, ct).Take(2 + (kind == DeviceKind.Exit ? 2 : 0)).ToListAsync(ct)).Select(EventCatalog.Decode).OfType<NoticeEvent.Issued>().Select(n => n.Kind)];
    }

    [Fact] public async Task Beginning_and_end_of_an_exits_outage_are_told_once_each() =>
        Assert.Equal([NoticeKind.OutageOpened, NoticeKind.OutageClosed], await Told(DeviceKind.Exit, Verdict.Blocked, Ended));

    [Fact] public async Task That_a_duty_ended_is_not_told_as_mended() => Assert.Equal([NoticeKind.OutageOpened, NoticeKind.DutyEnded],
        await Told(DeviceKind.Exit, Verdict.Blocked, new DutyEnded(Id, Camera, Venue, Verdict.Blocked, Verdict.VenueClosed, Noon.AddMinutes(7))));

    [Fact] public async Task Cameras_are_told_of_by_groups() => Assert.Empty(await Told(DeviceKind.Camera, Verdict.Unreachable, Ended));
}
