using Compliance.Domain.Devices;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Guards.BookCommand;
using static Compliance.Domain.Guards.BookEntry;

namespace Compliance.Domain.Tests.Guards;

public sealed class BookSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000a1"), Club = new("00000000-0000-0000-0000-00000000000a");
    static readonly DateOnly Today = new(2026, 6, 1);
    static readonly BookNote First = new(new("00000000-0000-0000-0000-0000000000d1"), new('a', 64)), Second = new(new("00000000-0000-0000-0000-0000000000d2"), new('b', 64));
    static readonly BookEvent.Opened Happened = new(Id, Club, IncidentKind.Ejection, Story.Noon, null);
    static readonly BookEvent.WrittenUp Written = new(Id, Club, First);

    static Open Ask(double hours) => new(Id, IncidentKind.Ejection, Story.Noon, Club, Story.Noon.AddHours(hours));

    [Fact] public void An_entry_is_opened() => Decider.Given().When(Ask(1)).Then(Happened);
    [Fact] public void Told_twice_it_is_one_entry() => Decider.Given(Happened).When(Ask(9)).ThenNothing();
    [Fact] public void What_has_not_happened_is_no_entry() => Decider.Given().When(Ask(-1)).ThenRefused("incident.time-impossible", "happenedAt");
    [Fact] public void Nor_what_is_long_past() => Decider.Given().When(Ask(24 * 32)).ThenRefused("incident.time-impossible", "happenedAt");
    [Fact] public void It_is_written_up() => Decider.Given(Happened).When(new WriteUp(First)).Then(Written);
    [Fact] public void What_is_written_is_not_overwritten() => Decider.Given(Happened, Written).When(new WriteUp(Second)).ThenRefused("incident.written-up");
    [Fact] public void It_is_corrected_by_adding() => Decider.Given(Happened, Written).When(new Correct(Second)).Then(new BookEvent.Corrected(Id, Club, Second));
    [Fact] public void What_is_not_written_is_not_corrected() => Decider.Given(Happened).When(new Correct(Second)).ThenRefused("incident.not-written-up");
    [Fact] public void Within_a_day_nothing_is_said() => Decider.Given(Happened).When(new Assess(Story.Noon.AddHours(24))).ThenNothing();
    [Fact] public void After_a_day_it_is_overdue() => Decider.Given(Happened).When(new Assess(Story.Noon.AddHours(25))).Then(new BookEvent.Overdue(Id, Club, Story.Noon.AddHours(24)));
    [Fact] public void Not_when_it_is_written_up() => Decider.Given(Happened, Written).When(new Assess(Story.Noon.AddHours(25))).ThenNothing();
    [Fact] public void Late_is_better_than_never() => Decider.Given(Happened, new BookEvent.Overdue(Id, Club, Story.Noon.AddHours(24))).When(new WriteUp(First)).Then(Written);
    [Fact] public void Footage_is_held() => Decider.Given(Happened).When(new HoldFootage(new(2027, 6, 1), Today)).Then(new BookEvent.FootageHeld(Id, Club, new(2027, 6, 1)));
    [Fact] public void What_is_held_is_not_let_go_earlier() => Decider.Given(Happened, new BookEvent.FootageHeld(Id, Club, new(2027, 6, 1))).When(new HoldFootage(new(2027, 5, 31), Today)).ThenRefused("incident.hold-shorter", "until");
    [Fact] public void Held_longer_it_may_be() => Decider.Given(Happened, new BookEvent.FootageHeld(Id, Club, new(2027, 6, 1))).When(new HoldFootage(new(2028, 6, 1), Today)).Then(new BookEvent.FootageHeld(Id, Club, new(2028, 6, 1)));
    [Fact] public void Not_for_ever() => Decider.Given(Happened).When(new HoldFootage(DateOnly.MaxValue, Today)).ThenRefused("incident.hold-far", "until");
    [Fact] public void Its_words_are_forgotten() => Decider.Given(Happened, Written).When(new DestroyWords()).Then(new BookEvent.WordsDestroyed(Id, Club));
    [Fact] public void To_a_forgotten_entry_nothing_is_added() => Decider.Given(Happened, Written, new BookEvent.WordsDestroyed(Id, Club)).When(new Correct(Second)).ThenRefused("incident.closed");
    [Fact] public void Of_nothing_there_is_nothing_to_write() => Decider.Given().When(new WriteUp(First)).ThenRefused("incident.unknown");

    [Fact]
    public void What_waits_to_be_written_stands_on_top()
    {
        var rows = BookRow.View.Build(Story.Of((Id, Happened), (Id, Written), (Club, Happened with { EntryId = Club, HappenedAt = Story.Noon.AddHours(-5) }))).Values;
        Assert.Equal([Club, Id], rows.OrderBy(BookRow.View.SortOf, StringComparer.Ordinal).Select(r => r.EntryId));
        Assert.Equal(new DateOnly(2027, 6, 1), rows.First().KeptUntil);
        Assert.Equal(new DateOnly(2028, 1, 1), (rows.First() with { HeldUntil = new(2028, 1, 1) }).KeptUntil);
    }

    [Fact]
    public async Task A_cameras_fault_writes_itself_up()
    {
        var log = new MemoryEventLog(TimeProvider.System);
        var fault = Story.Of((Id, new OutageEvent.Opened(Id, Club, Club, DeviceKind.Camera, Verdict.Unreachable, Story.Noon, "")))[0];
        var reaction = Assert.Single(WriteFaultInBookWhenCameraFails.Policy.React(EventCatalog.Decode(fault)!, fault));
        await reaction.Execute(log, new(Guid.NewGuid(), "reaction:test"), TestContext.Current.CancellationToken);
        var (entry, _, _) = await log.Load(Decider, new("incident", EventIds.From(Id, "incident")), TestContext.Current.CancellationToken);
        Assert.True(Assert.IsType<Kept>(entry).IsWrittenUp);
        var exit = Story.Of((Id, new OutageEvent.Opened(Id, Club, Club, DeviceKind.Exit, Verdict.Blocked, Story.Noon, "")))[0];
        Assert.Empty(WriteFaultInBookWhenCameraFails.Policy.React(EventCatalog.Decode(exit)!, exit));
    }
}
