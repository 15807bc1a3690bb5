using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Outages.OutageGroup;
using static Compliance.Domain.Outages.OutageGroupCommand;
using static Compliance.Domain.Outages.OutageGroupEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Outages;

/// <summary>A group is told once: it grows, it ends, and it never loses an outage.</summary>
public sealed class OutageGroupSpecs
{
    static readonly Guid Group = new("00000000-0000-0000-0000-0000000000aa"), Venue = new("00000000-0000-0000-0000-00000000000a"), Owner = new("00000000-0000-0000-0000-00000000000b");
    static readonly CauseEvidence Evidence = new(2, 2, 3, 0);

    static GroupMember Member(int n) => new(new($"00000000-0000-0000-0000-0000000001{n:00}"), new($"00000000-0000-0000-0000-0000000002{n:00}"), Verdict.Unreachable, Noon.AddSeconds(n));

    static GroupMember[] Members(int count) => [.. Enumerable.Range(1, count).Select(Member)];

    static Assess Assessed(int count, CommonCause cause = CommonCause.Recorder, double? ended = null, Verdict? because = null) =>
        new(new(Group, Venue, cause, Members(count), Evidence, ended is { } m ? Noon.AddMinutes(m) : null), because, Noon.AddMinutes(1));

    static Found FoundAs(int count, CommonCause cause = CommonCause.Recorder) => new(Group, Venue, cause, Members(count), Evidence, Noon.AddMinutes(1));

    static Changed ChangedTo(int count, CommonCause cause = CommonCause.Recorder) => new(Group, Venue, cause, Members(count), Evidence, Noon.AddMinutes(1));

    static Ended EndedAs(int count, double minute, CommonCause cause = CommonCause.Recorder, Verdict? because = null) => new(Group, Venue, cause, Members(count), because, Noon.AddMinutes(minute));

    [Fact] public void It_is_found() => Decider.Given().When(Assessed(2)).Then(FoundAs(2));

    [Fact] public void What_was_over_when_it_was_found_ends_at_once() => Decider.Given().When(Assessed(2, ended: 5)).Then(FoundAs(2), EndedAs(2, 5));

    [Fact] public void Asked_again_nothing_changes() => Decider.Given(FoundAs(2)).When(Assessed(2)).ThenNothing();

    [Fact] public void It_grows() => Decider.Given(FoundAs(1, CommonCause.Device)).When(Assessed(3)).Then(ChangedTo(3));

    [Fact] public void It_loses_nothing() => Decider.Given(FoundAs(3)).When(Assessed(1, CommonCause.Device)).ThenNothing();

    [Fact] public void A_cause_that_reaches_further_is_news() => Decider.Given(FoundAs(2)).When(Assessed(2, CommonCause.District)).Then(ChangedTo(2, CommonCause.District));

    [Fact] public void One_that_reaches_less_far_is_not() => Decider.Given(FoundAs(2, CommonCause.Venue)).When(Assessed(2, CommonCause.VenuePower)).ThenNothing();

    [Fact] public void What_lay_beyond_the_venue_stays_so_when_more_joins() =>
        Decider.Given(FoundAs(2, CommonCause.District)).When(Assessed(3, CommonCause.Venue)).Then(ChangedTo(3, CommonCause.District));

    [Fact] public void Within_the_venue_what_joins_may_narrow_it() =>
        Decider.Given(FoundAs(2)).When(Assessed(3, CommonCause.Several)).Then(ChangedTo(3, CommonCause.Several));

    [Fact] public void It_ends_once() => Decider.Given(FoundAs(2)).When(Assessed(2, ended: 5)).Then(EndedAs(2, 5));

    [Fact] public void And_runs_again_when_one_fails_again() => Decider.Given(FoundAs(2), EndedAs(2, 5)).When(Assessed(3)).Then(ChangedTo(3));

    [Fact] public void The_list_shows_it_as_one()
    {
        var row = OutageGroupRow.View.Build(Of((Group, FoundAs(1, CommonCause.Device)), (Group, ChangedTo(3)), (Group, EndedAs(3, 5))))[Group];
        Assert.Equal((CommonCause.Recorder, 3, Noon.AddMinutes(5), Noon.AddSeconds(1)), (row.Cause, row.Members.Count, row.EndedAt!.Value, row.Since));
    }

    /// <summary>What the notices of a group tell in the end, the policies sent every fact twice.</summary>
    static async Task<(NoticeRow[] Notices, MemoryEventLog Log)> Told(params OutageGroupEvent[] facts)
    {
        var ct = TestContext.Current.CancellationToken;
        var log = new MemoryEventLog(TimeProvider.System);
        foreach (var (recorded, fact) in Of([.. facts.Select(f => (Group, (object)f))]).Select(r => (r, EventCatalog.Decode(r)!)))
            for (var twice = 0; twice < 2; twice++)
                foreach (var (reaction, i) in NotifyWhenOutageGroupTurns.Policy.React(fact, recorded).Select((r, i) => (r, i)))
                    Assert.Null((await reaction.Execute(log, new(EventIds.From(recorded.EventId, $"{i}"), "reaction:test"), ct)).Refusal);
        var began = await log.Read(new("notice", EventIds.From(Group, "notice/began")), ct).ToListAsync(ct);
        var ended = await log.Read(new("notice", EventIds.From(Group, "notice/ended")), ct).ToListAsync(ct);
        return ([.. NoticeRow.View.Build([.. began, .. ended]).Values], log);
    }

    [Fact] public async Task A_recorder_is_one_notice_with_all_its_cameras()
    {
        var notice = Assert.Single((await Told(FoundAs(1, CommonCause.Device), ChangedTo(2, CommonCause.Several), ChangedTo(4))).Notices);
        Assert.Equal((NoticeKind.OutageOpened, CommonCause.Recorder, 4, Noon.AddSeconds(1)), (notice.Kind, notice.Group!.Cause, notice.Group.Devices.Count, notice.At));
    }

    [Fact] public async Task One_camera_is_told_as_ever() => Assert.Null(Assert.Single((await Told(FoundAs(1, CommonCause.Device))).Notices).Group);

    [Fact] public async Task Its_end_is_one_notice_however_often_it_flaps()
    {
        var notices = (await Told(FoundAs(1, CommonCause.Device), EndedAs(1, 5, CommonCause.Device), ChangedTo(2, CommonCause.Device), EndedAs(2, 9, CommonCause.Device))).Notices;
        Assert.Equal([(NoticeKind.OutageOpened, Noon.AddSeconds(1)), (NoticeKind.OutageClosed, Noon.AddMinutes(9))], notices.Select(n => (n.Kind, n.At)));
    }

    [Fact] public async Task That_nothing_is_owed_any_more_is_told_as_such() => Assert.Equal([NoticeKind.OutageOpened, NoticeKind.DutyEnded],
        (await Told(FoundAs(2), EndedAs(2, 5, because: Verdict.VenueClosed))).Notices.Select(n => n.Kind));

    [Fact] public async Task Who_had_read_it_has_not_read_what_it_says_now()
    {
        var ct = TestContext.Current.CancellationToken;
        var (notices, log) = await Told(FoundAs(1, CommonCause.Device));
        var id = notices[0].NoticeId;
        await log.Execute(Notice.Decider, id, new NoticeCommand.MarkRead(Owner), new(Owner, "user:test"), ct);
        await log.Execute(Notice.Decider, id, new NoticeCommand.Grow(Group, CommonCause.Recorder, [Owner], [Member(1).OutageId, Member(2).OutageId], Noon), new(Venue, "reaction:test"), ct);
        var facts = await log.Read(new("notice", id), ct).ToListAsync(ct);
        Assert.Equal([Owner], ((NoticeEvent.Grew)EventCatalog.Decode(facts[^1])!).UnreadAgain);
        Assert.False(NoticeRow.View.Build(facts)[id].IsReadBy(Owner));
        Assert.Equal(1, NoticeTally.View.Build(facts)[Venue].UnreadBy(Owner));
    }

    [Fact] public async Task Every_duty_behind_it_keeps_when_it_was_read()
    {
        var ct = TestContext.Current.CancellationToken;
        var (notices, log) = await Told(FoundAs(1, CommonCause.Device), ChangedTo(2));
        foreach (var member in Members(2))
        {
            var duty = RaiseDutyWhenOutageOpens.DutyOf(member.OutageId);
            var (matter, term) = DutyTerms.Of(DeviceKind.Camera);
            await log.Execute(Duty.Decider, duty, new DutyCommand.Arise(duty, Venue, new DutySource.OfOutage(member.OutageId, member.DeviceId, DeviceKind.Camera, Verdict.Unreachable),
                matter, Noon, Noon, Noon.AddDays(1), term), new(duty, "reaction:test"), ct);
            await log.Execute(Outage.Decider, member.OutageId, new OutageCommand.Open(member.OutageId, member.DeviceId, Venue, DeviceKind.Camera, Verdict.Unreachable, Noon, ""), new(member.OutageId, "reaction:test"), ct);
        }

        await log.Execute(Notice.Decider, notices[0].NoticeId, new NoticeCommand.MarkRead(Owner), new(Owner, "user:test"), ct);
        foreach (var recorded in await log.Read(new("notice", notices[0].NoticeId), ct).ToListAsync(ct))
            foreach (var reaction in MarkDutyWhenItsNoticeArrives.Policy.React(EventCatalog.Decode(recorded)!, recorded))
                Assert.Null((await reaction.Execute(log, new(recorded.EventId, "reaction:test"), ct)).Refusal);
        foreach (var member in Members(2))
        {
            var state = (Duty.Owed)(await log.Load(Duty.Decider, new("duty", RaiseDutyWhenOutageOpens.DutyOf(member.OutageId)), ct)).State;
            Assert.True(state.Clock is { Notified: not null, Read: not null });
        }
    }
}
