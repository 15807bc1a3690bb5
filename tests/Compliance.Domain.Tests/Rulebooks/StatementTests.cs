using Compliance.Domain.Devices;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>Whose word counts: measured above an inspector's, that above the owner's, within a rank the latest; and only from the act on.</summary>
public sealed class StatementTests
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Camera = new("00000000-0000-0000-0000-00000000000c"), Door = new("00000000-0000-0000-0000-00000000000d");
    static readonly Guid Visit = new("00000000-0000-0000-0000-000000000001"), Own = new("00000000-0000-0000-0000-000000000002"), Later = new("00000000-0000-0000-0000-000000000003");

    static readonly (Guid, object)[] Register =
    [
        (Club, new Domain.Venues.VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
        (Camera, new DeviceEvent.Registered(Camera, Club, new CameraSpec("Есік", "Вход", CameraPurpose.Entrance, [], [], new Feed(new Uri("rtsp://camera.example/main"), null, FeedTransport.Tcp)))),
        (Door, new DeviceEvent.Registered(Door, Club, new ExitSpec("Артқы есік", "Чёрный ход", 1_200, 2_000, OpeningDirection.Outward, LockType.None))),
    ];

    static (Guid, object)[] Said(Guid id, InspectionKind kind, bool over, params Statement[] statements) =>
    [
        (id, new InspectionEvent.Scheduled(id, Club, kind, new(2026, 6, 1), "book", "", "", [])),
        (id, new InspectionEvent.ItemRecorded(id, Club, "R", null, statements, [], null, null)),
        .. over ? (ReadOnlySpan<(Guid, object)>)[(id, kind == InspectionKind.SelfCheck
            ? new InspectionEvent.SelfCheckCompleted(id, Club, Guid.Empty) : new InspectionEvent.ActIssued(id, Club, "book", "1", "hash", []))] : [],
    ];

    static Statement Width(decimal metres) => new("exit", Door.ToString(), "", "clearWidth", new Known.Number(metres));

    static Known.Number WidthIn(params (Guid, object)[] facts) =>
        Assert.IsType<Known.Number>(FactSheet.Of(Club, Story.Noon.AddDays(1), Story.Of([.. Register, .. facts]))!.Of("exit").Single()["clearWidth"]);

    [Fact]
    public void A_statement_counts_from_the_act_on_and_names_the_fact_that_said_it()
    {
        var log = Story.Of([.. Register, .. Said(Visit, InspectionKind.Scheduled, true, Width(0.8m))]);
        Known? At(DateTimeOffset at) => FactSheet.Of(Club, at, log)!.Of("exit").Single()["clearWidth"];
        Assert.Equal(new Known.Number(1.2m, log[2].EventId), At(log[4].RecordedAt));
        Assert.Equal(new Known.Number(0.8m, log[4].EventId) { From = Provenance.Inspector }, At(log[5].RecordedAt));
    }

    [Fact]
    public void What_was_said_in_a_visit_without_an_act_is_a_draft()
    {
        (Guid, object)[] running = Said(Visit, InspectionKind.Scheduled, false, Width(0.8m));
        Assert.Equal(1.2m, WidthIn(running).Value);
        var drafted = FactSheet.Of(Club, Story.Noon.AddDays(1), Story.Of([.. Register, .. running]), draft: Visit);
        Assert.Equal(0.8m, Assert.IsType<Known.Number>(drafted!.Of("exit").Single()["clearWidth"]).Value);
    }

    [Fact] public void The_owners_check_overrides_what_he_registered() => Assert.Equal(
        (1.1m, Provenance.Owner), (WidthIn(Said(Own, InspectionKind.SelfCheck, true, Width(1.1m))).Value, WidthIn(Said(Own, InspectionKind.SelfCheck, true, Width(1.1m))).From));

    [Fact] public void But_never_an_inspector() =>
        Assert.Equal(0.8m, WidthIn([.. Said(Visit, InspectionKind.Unscheduled, true, Width(0.8m)), .. Said(Own, InspectionKind.SelfCheck, true, Width(1.1m))]).Value);

    [Fact] public void An_inspector_overrides_the_owner_and_the_inspector_before_him() => Assert.Equal(0.9m, WidthIn([
        .. Said(Own, InspectionKind.SelfCheck, true, Width(1.1m)), .. Said(Visit, InspectionKind.Scheduled, true, Width(0.8m)), .. Said(Later, InspectionKind.Scheduled, true, Width(0.9m))]).Value);

    [Fact]
    public void What_is_measured_stands_above_all()
    {
        var measured = new DeviceEvent.Admitted(Camera, Club, new("H264", 1920, 1080, 12, 4_000, 2, 0), Story.Noon);
        var facts = FactSheet.Of(Club, Story.Noon.AddDays(1), Story.Of(
            [.. Register, (Camera, measured), .. Said(Visit, InspectionKind.Scheduled, true, new Statement("camera", Camera.ToString(), "", "fps", new Known.Number(25)))]))!;
        var fps = Assert.IsType<Known.Number>(facts.Of("camera").Single()["fps"]);
        Assert.Equal((12m, Provenance.Measured), (fps.Value, fps.From));
    }

    [Fact]
    public void A_way_out_blocked_after_the_inspector_left_is_blocked()
    {
        DeviceEvent Seen(Verdict before, Verdict now) => new DeviceEvent.VerdictChanged(Door, Club, DeviceKind.Exit, before, now, Story.Noon, Story.Noon, null, "", null);
        Statement Free(bool free) => new("exit", Door.ToString(), "", "free", new Known.Flag(free));
        bool In(params (Guid, object)[] facts) =>
            Assert.IsType<Known.Flag>(FactSheet.Of(Club, Story.Noon.AddDays(1), Story.Of([.. Register, .. facts]))!.Of("exit").Single()["free"]).Value;
        Assert.False(In([.. Said(Visit, InspectionKind.Scheduled, true, Free(true)), (Door, Seen(Verdict.Unknown, Verdict.Blocked))]));
        Assert.False(In([.. Said(Visit, InspectionKind.Scheduled, true, Free(false)), (Door, Seen(Verdict.Unknown, Verdict.Clear))]));
    }

    [Fact]
    public void Of_a_device_that_is_not_there_nothing_is_known() => Assert.Single(FactSheet.Of(Club, Story.Noon.AddDays(1), Story.Of(
        [.. Register, .. Said(Visit, InspectionKind.Scheduled, true, new Statement("exit", "nowhere", "", "free", new Known.Flag(true)))]))!.Of("exit"));

    static VenueFacts Counted(params (InspectionKind Kind, bool All, string[] Ids)[] visits) => FactSheet.Of(Club, Story.Noon.AddDays(1), Story.Of([.. Register, .. visits.SelectMany((v, i) =>
    {
        var id = EventIds.From(Visit, $"{i}");
        return new (Guid, object)[]
        {
            (id, new InspectionEvent.Scheduled(id, Club, v.Kind, new(2026, 6, 1), "book", "", "", [])),
            (id, new InspectionEvent.ItemRecorded(id, Club, "R", null, [], [new("opening", [.. v.Ids.Select(x => new ListedThing(x, $"door {x}"))], v.All)], null, null)),
            (id, v.Kind == InspectionKind.SelfCheck ? new InspectionEvent.SelfCheckCompleted(id, Club, Guid.Empty) : new InspectionEvent.ActIssued(id, Club, "book", "1", "hash", [])),
        };
    })]))!;

    [Fact]
    public void Doors_are_counted_on_the_spot_and_known_to_be_all_when_somebody_says_so()
    {
        var some = Counted((InspectionKind.Scheduled, false, ["a", "b"]));
        Assert.Equal(["door a", "door b"], some.Of("opening").Select(t => t.Label));
        Assert.DoesNotContain("opening", some.Complete);
        Assert.Contains("opening", Counted((InspectionKind.SelfCheck, true, [])).Complete);
    }

    [Fact]
    public void A_door_that_is_gone_is_no_longer_listed_and_the_owner_removes_no_inspectors_door()
    {
        Assert.Equal(["b"], Counted((InspectionKind.SelfCheck, true, ["a", "b"]), (InspectionKind.Scheduled, true, ["b"])).Of("opening").Select(t => t.Id));
        Assert.Equal(["a", "b"], Counted((InspectionKind.Scheduled, true, ["a", "b"]), (InspectionKind.SelfCheck, true, ["b"])).Of("opening").Select(t => t.Id));
    }
}
