using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Alerts.PanicButton;
using static Compliance.Domain.Tests.Alerts.Sights;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

/// <summary>Staff call for help: each call is a fact with who, calls a desk at once, and is counted with what it turned out to be.</summary>
public sealed class PanicSpecs
{
    static readonly Guid Manager = new("00000000-0000-0000-0000-0000000000c1"), Guard = new("00000000-0000-0000-0000-0000000000c2"), First = new("00000000-0000-0000-0000-0000000000e1"), Second = new("00000000-0000-0000-0000-0000000000e2");
    static readonly PanicEvent.Pressed Pressed = new(Venue, First, Manager, PanicWay.Manager, PanicGesture.Held, Noon);

    static PanicCommand.Press Press(Guid press, Guid by, double seconds = 0) => new(Venue, press, by, by == Guard ? PanicWay.Guard : PanicWay.Manager, PanicGesture.Held, Noon.AddSeconds(seconds));

    static readonly PanicEvent.Wired Wired = new(Venue, Camera, 7, null, Noon);

    static PanicCommand.Wire Wire(int zone, double seconds = 0) => new(Venue, Camera, zone, null, Noon.AddSeconds(seconds));

    [Fact] public void A_press_is_a_fact_with_who() => Decider.Given().When(Press(First, Manager)).Then(Pressed);
    [Fact] public void Told_twice_it_is_one_press() => Decider.Given(Pressed).When(Press(First, Manager, 300)).ThenNothing();
    [Fact] public void A_trembling_hand_calls_once() => Decider.Given(Pressed).When(Press(Second, Manager, 29)).ThenNothing();
    [Fact] public void Who_calls_again_later_is_heard_again() => Decider.Given(Pressed).When(Press(Second, Manager, 30)).Then(Pressed with { PressId = Second, At = Noon.AddSeconds(30) });
    [Fact] public void A_clock_that_was_set_back_swallows_no_call() => Decider.Given(Pressed).When(Press(Second, Manager, -31)).Then(Pressed with { PressId = Second, At = Noon.AddSeconds(-31) });
    [Fact] public void Another_person_is_another_call() => Decider.Given(Pressed).When(Press(Second, Guard, 1)).Then(new PanicEvent.Pressed(Venue, Second, Guard, PanicWay.Guard, PanicGesture.Held, Noon.AddSeconds(1)));
    [Fact] public void A_press_without_an_id_is_none() => Decider.Given().When(Press(Guid.Empty, Manager)).ThenRefused("panic.press-unnamed", "pressId");

    [Fact] public void A_button_of_the_panel_calls() => Decider.Given(Pressed).When(Wire(7)).Then(Wired);
    [Fact] public void Said_again_at_once_it_is_the_same_call() => Decider.Given(Wired).When(Wire(7, 59)).ThenNothing();
    [Fact] public void Pressed_again_later_it_calls_again_though_no_panel_said_that_it_was_over() => Decider.Given(Wired).When(Wire(7, 60)).Then(Wired with { ReceivedAt = Noon.AddSeconds(60) });
    [Fact] public void A_panels_clock_that_was_set_back_swallows_no_call() => Decider.Given(Wired).When(Wire(7, -60)).Then(Wired with { ReceivedAt = Noon.AddSeconds(-60) });
    [Fact] public void Another_button_is_another_call() => Decider.Given(Wired).When(Wire(8, 1)).Then(Wired with { Zone = 8, ReceivedAt = Noon.AddSeconds(1) });

    [Fact]
    public void Nobody_who_calls_often_is_refused()
    {
        var facts = new List<PanicEvent>();
        for (var i = 0; i < 100; i++) facts.AddRange(Decider.Decide(Decider.Fold(facts), Press(Guid.NewGuid(), Manager, i * 30)).Events);
        Assert.Equal(100, facts.Count);
        Assert.Single(Decider.Fold(facts).Newest);
    }

    [Fact]
    public void A_call_is_a_critical_alert_at_once()
    {
        var recorded = Story.Of((Venue, Pressed))[0];
        var id = AlertOf(First);
        Assert.Equal([Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, Venue, null, AlertKind.PanicButton, Noon, new(recorded.EventId, First)))], RaiseAlertWhenPanicIsPressed.Policy.React(Pressed, recorded));
        var (told, byPanel) = (Story.Of((Venue, Wired))[0], AlertOf(Wired));
        Assert.Equal([Reaction.Send(Alert.Decider, byPanel, new AlertCommand.Raise(byPanel, Venue, Camera, AlertKind.PanicButton, Noon, new(told.EventId, Camera, Zone: 7)))], RaiseAlertWhenPanicIsPressed.Policy.React(Wired, told));
        PanelEvent.PanicRaised before = new(Camera, Venue, 7, null, Noon); // as it was stored once, and perhaps not reached yet
        var then = Story.Of((Camera, before))[0];
        Assert.Equal([Reaction.Send(Alert.Decider, byPanel, new AlertCommand.Raise(byPanel, Venue, Camera, AlertKind.PanicButton, Noon, new(then.EventId, Camera, Zone: 7)))], RaiseAlertWhenPanicIsPressed.Policy.React(before, then));
        Assert.Equal(Urgency.Critical, AlertKind.PanicButton.Urgency());
        Assert.Null(AlertKind.PanicButton.SeenBy());
    }

    [Fact]
    public void What_a_person_found_is_counted_beside_the_call_and_taken_back_with_it()
    {
        var alert = AlertOf(First);
        object[] facts = [Pressed, new AlertEvent.Placed(alert, Venue, null, AlertKind.PanicButton, Noon, "Медеу", Inc, true, null, Noon), Judged(null, new(false, RejectReason.Test))];
        var row = Rows(facts)[alert];
        Assert.Equal((Manager, PanicWay.Manager, Inc, new AlertJudgement(false, RejectReason.Test)), (row.By!.Value, row.Way, row.IncidentId!.Value, row.Judgement!));
        Assert.Null(Rows([.. facts, Judged(new(false, RejectReason.Test), null)])[alert].Judgement);

        AlertEvent.Judged Judged(AlertJudgement? was, AlertJudgement? now) => new(alert, Venue, AlertKind.PanicButton, Noon, null, null, was, now);
        IReadOnlyDictionary<Guid, PanicRow> Rows(object[] of) => PanicRow.View.Build(Story.Of([.. of.Select(f => (Venue, f))]));
    }

    [Fact]
    public void A_call_that_cost_a_patrol_and_was_nothing_is_one_for_nothing()
    {
        var row = PanicRow.View.Build(Story.Of((Venue, Pressed)))[AlertOf(First)];
        Assert.Equal(new AlertJudgement(false, null), row.Found(Card(IncidentOutcome.NothingFound)));
        Assert.Equal(new AlertJudgement(true, null), (row with { Judgement = new(true, null) }).Found(Card(IncidentOutcome.Detained)));
        Assert.Null(row.Found(Card(null))); // nobody ever took it

        static IncidentCard Card(IncidentOutcome? outcome) => new(Inc, Venue, ["Медеу"], false, IncidentStage.Closed, Noon, Noon, Noon, null, [], 1) { Outcome = outcome };
    }

    [Fact]
    public void A_call_of_the_panel_stands_beside_them_without_a_person()
    {
        PanelEvent.PanicRaised before = new(Camera, Venue, 7, null, Noon);
        Assert.All(((Guid, object)[])[(Venue, Wired), (Camera, before)], fact =>
        {
            var row = PanicRow.View.Build(Story.Of(fact))[AlertOf(Wired)];
            Assert.Equal((PanicWay.Panel, 7, null), (row.Way, row.Zone, row.By));
        });
    }
}
