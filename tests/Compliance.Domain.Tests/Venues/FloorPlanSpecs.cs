using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Venues.Venue;
using static Compliance.Domain.Venues.VenueCommand;
using static Compliance.Domain.Venues.VenueEvent;

namespace Compliance.Domain.Tests.Venues;

/// <summary>A plan is what the venue's own people draw: bounded, of its own devices, and written once.</summary>
public sealed class FloorPlanSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-00000000000a"), Camera = new("00000000-0000-0000-0000-0000000000c1"), Panel = new("00000000-0000-0000-0000-0000000000c2");
    static readonly Registered Card = new(Id, new("Аврора", "Аврора", "260640012344", "пр. Абая, 1", "Алмалы", new(43.24, 76.9), Uto: false), 300, []);
    static readonly PlanPoint[] Wall = [new(0.1, 0.1), new(0.9, 0.1), new(0.9, 0.8)];
    static readonly Floor Hall = new(1, 1.5, Wall, null, [new(Camera, 0.2, 0.3, 90, 70), new(Panel, 0.5, 0.5)]);
    static readonly Dictionary<Guid, DeviceKind> Here = new() { [Camera] = DeviceKind.Camera, [Panel] = DeviceKind.FireAlarm };

    static DrawPlan Draw(params Floor[] floors) => new(floors, Here);

    static string Hash(char of) => new(of, 64);

    [Fact] public void It_is_drawn() => Decider.Given(Card).When(Draw(Hall)).Then(new PlanDrawn(Id, [Hall]));
    [Fact] public void The_same_plan_is_written_once() => Decider.Given(Card, new PlanDrawn(Id, [Hall])).When(Draw(Hall with { Outline = [.. Wall], Marks = [.. Hall.Marks] })).ThenNothing();
    [Fact] public void It_can_be_taken_away() => Decider.Given(Card, new PlanDrawn(Id, [Hall])).When(Draw()).Then(new PlanDrawn(Id, []));
    [Fact] public void Where_none_is_there_is_none_to_take_away() => Decider.Given(Card).When(Draw()).ThenNothing();
    [Fact] public void The_highest_floor_stands_first() => Decider.Given(Card).When(Draw(Hall with { Level = -1, Marks = [] }, Hall)).Then(new PlanDrawn(Id, [Hall, Hall with { Level = -1, Marks = [] }]));

    [Fact] public void A_finger_is_only_so_fine() => Decider.Given(Card).When(Draw(Hall with { Marks = [new(Camera, 0.123456, 0.65432199, 359.7, 69.6)] }))
        .Then(new PlanDrawn(Id, [Hall with { Marks = [new(Camera, 0.1235, 0.6543, 0, 70)] }]));

    public static TheoryData<string> Unfit => [.. Faults.Keys];

    static readonly Dictionary<string, Floor[]> Faults = new()
    {
        ["no storey is called nought"] = [Hall with { Level = 0 }],
        ["nor is one so deep"] = [Hall with { Level = -6 }],
        ["a storey is drawn once"] = [Hall, Hall with { Marks = [] }],
        ["a wall has three corners"] = [Hall with { Outline = [.. Wall.Take(2)] }],
        ["not any number of them"] = [Hall with { Outline = [.. Enumerable.Repeat(new PlanPoint(0.5, 0.5), 65)] }],
        ["all on the sheet"] = [Hall with { Outline = [.. Wall, new(1.01, 0.5)] }],
        ["so is each device"] = [Hall with { Marks = [new(Panel, -0.01, 0.5)] }],
        ["which stands once"] = [Hall, Hall with { Level = 2 }],
        ["a sheet is no ribbon"] = [Hall with { Ratio = 5.1 }],
        ["nor a hair"] = [Hall with { Ratio = 0.1 }],
        ["no number is no place"] = [Hall with { Marks = [new(Panel, double.NaN, 0.5)] }],
        ["who looks somewhere sees so wide"] = [Hall with { Marks = [new(Camera, 0.5, 0.5, 90)] }],
        ["and at most all around"] = [Hall with { Marks = [new(Camera, 0.5, 0.5, 90, 361)] }],
        ["no house has so many storeys"] = [.. Enumerable.Range(1, 11).Select(level => Hall with { Level = level, Marks = [] })],
    };

    [Theory, MemberData(nameof(Unfit))]
    public void What_is_no_plan_is_refused(string which) => Decider.Given(Card).When(Draw(Faults[which])).ThenRefused("venue.plan-malformed", "floors");

    [Fact] public void A_device_of_elsewhere_is_not_in_it() =>
        Decider.Given(Card).When(Draw(Hall with { Marks = [new(Id, 0.5, 0.5)] })).ThenRefused("venue.plan-device-foreign", "floors");
    [Fact] public void Only_cameras_look_somewhere() =>
        Decider.Given(Card).When(Draw(Hall with { Marks = [new(Panel, 0.5, 0.5, 90, 70)] })).ThenRefused("venue.plan-device-foreign", "floors");

    [Fact] public void A_picture_is_put_under_a_floor_which_takes_its_shape() => Decider.Given(Card, new PlanDrawn(Id, [Hall]))
        .When(new PutPlanPicture(1, Hash('a'), 0.75)).Then(new PlanDrawn(Id, [Hall with { Sheet = Hash('a'), Ratio = 0.75 }]));
    [Fact] public void A_ribbon_of_a_picture_is_squeezed() => Decider.Given(Card, new PlanDrawn(Id, [Hall]))
        .When(new PutPlanPicture(1, Hash('a'), 40)).Then(new PlanDrawn(Id, [Hall with { Sheet = Hash('a'), Ratio = 5 }]));
    [Fact] public void Under_no_floor_there_is_no_picture() => Decider.Given(Card, new PlanDrawn(Id, [Hall])).When(new PutPlanPicture(2, Hash('a'), 1)).ThenRefused("venue.plan-floor-unknown", "level");
    [Fact] public void A_picture_stays_while_devices_move() => Decider.Given(Card, new PlanDrawn(Id, [Hall with { Sheet = Hash('a') }]))
        .When(Draw(Hall with { Sheet = Hash('a'), Marks = [] })).Then(new PlanDrawn(Id, [Hall with { Sheet = Hash('a'), Marks = [] }]));
    [Fact] public void A_picture_nobody_put_is_in_no_plan() => Decider.Given(Card, new PlanDrawn(Id, [Hall])).When(Draw(Hall with { Sheet = Hash('b') })).ThenRefused("venue.plan-picture-unknown", "floors");
    [Fact] public void A_venue_that_is_closed_is_drawn_no_more() => Decider.Given(Card, new Closed(Id, "sold")).When(Draw(Hall)).ThenRefused("venue.closed");

    [Fact]
    public void The_view_is_the_plan_as_it_stands_and_when_it_was_drawn()
    {
        var plan = Assert.Single(PlanCard.View.Build(Story.Of((Id, Card), (Id, new PlanDrawn(Id, [Hall])), (Id, new CapacitySet(Id, 200)))).Values);
        Assert.Equal((Id, Story.Noon.AddMinutes(1), 1), (plan.VenueId, plan.DrawnAt, plan.Floors.Count));
    }
}
