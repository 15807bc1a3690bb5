using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Alerts.Sights;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

/// <summary>What desks, counts and the eraser of clips are shown.</summary>
public sealed class AlertViewSpecs
{
    static readonly Guid Officer = new("00000000-0000-0000-0000-0000000000e1");
    static readonly AlertEvent.Placed Placed = new(Id, Venue, Camera, AlertKind.Fight, Noon, District, Inc, true, null, Noon);
    static readonly IncidentEvent.Opened Opened = new(Inc, Venue, District, Fight, Noon);
    static readonly IncidentEvent.Taken Taken = new(Inc, Venue, Officer, Noon.AddSeconds(5));
    static readonly IncidentEvent.Rejected Rejected = new(Inc, Venue, Officer, RejectReason.LightShow, null, [Id], Noon.AddSeconds(9));

    static AlertEvent.Suppressed Held(Guid alert, Suppression because) => new(alert, Venue, AlertKind.Fight, Noon, District, because, null, null, null, Noon);

    static AlertEvent.Judged Judged(AlertJudgement? was, AlertJudgement? now) => new(Id, Venue, AlertKind.Fight, Noon, Hash, 0.6, was, now);

    [Fact]
    public void What_is_not_over_stands_on_top_and_the_most_urgent_first()
    {
        IncidentEvent.Opened fire = new(Inc2, Venue, District, Fire, Noon.AddHours(-1)), old = new(Other, Venue, District, Fight, Noon.AddHours(-2)), done = new(Id, Venue, District, Fire, Noon.AddHours(1));
        var cards = IncidentCard.View.Build(Of((Inc, Opened), (Inc2, fire), (Other, old), (Id, done), (Id, Taken with { IncidentId = Id }), (Id, Rejected with { IncidentId = Id }))).Values;
        Assert.Equal([Inc2, Inc, Other, Id], cards.OrderBy(IncidentCard.View.SortOf, StringComparer.Ordinal).Select(c => c.IncidentId));
    }

    [Fact]
    public void A_card_tells_where_it_stands_and_who_has_it()
    {
        var card = IncidentCard.View.Build(Of((Inc, Opened), (Inc, new IncidentEvent.Escalated(Inc, Venue, EscalatedTo.Neighbour, "Алмалы", Noon)), (Inc, Taken), (Inc, Rejected)))[Inc];
        Assert.Equal((IncidentStage.Rejected, Officer, RejectReason.LightShow, 3L), (card.Stage, card.By, card.Reason, card.Revision));
        Assert.Equal([District, "Алмалы"], card.Desks);
        Assert.Equal([IncidentStage.Taken, IncidentStage.Rejected], card.Instants.Select(i => i.Stage));
    }

    [Fact]
    public void What_was_taken_back_stands_as_before()
    {
        var card = IncidentCard.View.Build(Of((Inc, Opened), (Inc, Taken), (Inc, Rejected), (Inc, new IncidentEvent.Undone(Inc, Venue, Officer, IncidentStep.Rejected, [Id], Noon))))[Inc];
        Assert.Equal((IncidentStage.Taken, Officer, null), (card.Stage, card.By, card.Reason));
        Assert.False(card.IsOver);
    }

    [Fact]
    public void That_it_is_over_and_that_somebody_arrived_are_taken_back_one_after_the_other()
    {
        IncidentEvent.Undone Back(IncidentStep step) => new(Inc, Venue, Other, step, [Id], Noon.AddSeconds(99));
        (Guid, object)[] facts =
        [
            (Inc, Opened), (Inc, Taken), (Inc, new IncidentEvent.Confirmed(Inc, Venue, Officer, [Id], Noon.AddSeconds(9))), (Inc, new IncidentEvent.Dispatched(Inc, Venue, Officer, Noon.AddSeconds(12))),
            (Inc, new IncidentEvent.Arrived(Inc, Venue, Other, Noon.AddSeconds(90))), (Inc, new IncidentEvent.Closed(Inc, Venue, Other, IncidentOutcome.NothingFound, null, [Id], Noon.AddSeconds(95))),
        ];
        var there = IncidentCard.View.Build(Of([.. facts, (Inc, Back(IncidentStep.Closed))]))[Inc];
        Assert.Equal((IncidentStage.Arrived, Officer, Other, null, Noon.AddSeconds(90)), (there.Stage, there.By, there.There, there.Outcome, there.StageAt));
        var sent = IncidentCard.View.Build(Of([.. facts, (Inc, Back(IncidentStep.Closed)), (Inc, Back(IncidentStep.Arrived))]))[Inc];
        Assert.Equal((IncidentStage.Dispatched, Officer, null), (sent.Stage, sent.By, sent.There));
        Assert.Equal([IncidentStage.Taken, IncidentStage.Confirmed, IncidentStage.Dispatched], sent.Instants.Select(i => i.Stage));
        Assert.Single(VenueIncidents.View.Build(Of([(Id, Placed), .. facts, (Inc, Back(IncidentStep.Closed))]))[Venue].Open);
    }

    [Fact]
    public void An_alert_waits_until_somebody_said_which_desk_is_called()
    {
        Assert.Single(WaitingAlert.View.Build(Of((Id, Raised))));
        Assert.Empty(WaitingAlert.View.Build(Of((Id, Raised), (Id, Placed))));
        Assert.Empty(WaitingAlert.View.Build(Of((Id, Raised), (Id, Held(Id, Suppression.Budget)))));
    }

    [Fact]
    public void What_is_critical_waits_behind_nothing_that_is_not()
    {
        AlertEvent.Raised early = Raised, late = Raised with { AlertId = Other }, fire = Raised with { AlertId = Inc, Kind = AlertKind.Fire }, fault = Raised with { AlertId = Inc2, Kind = AlertKind.PanelFault };
        var waiting = WaitingAlert.View.Build(Of((Inc2, fault), (Id, early), (Other, late), (Inc, fire))).Values;
        Assert.Equal([Inc, Id, Other, Inc2], waiting.OrderBy(WaitingAlert.View.SortOf, StringComparer.Ordinal).Select(w => w.AlertId));
    }

    [Fact]
    public void What_was_held_back_is_listed_until_somebody_takes_it_from_there()
    {
        Assert.True(AlertRow.View.Build(Of((Id, Raised), (Id, Held(Id, Suppression.Budget))))[Id].IsHeldBack);
        Assert.False(AlertRow.View.Build(Of((Id, Raised), (Id, Held(Id, Suppression.Budget)), (Id, Placed)))[Id].IsHeldBack);
    }

    [Fact]
    public void An_incident_that_is_over_takes_nothing_in()
    {
        Assert.Equal([new(Inc, Urgency.Serious, Noon)], VenueIncidents.View.Build(Of((Id, Placed), (Inc, Opened)))[Venue].Open);
        Assert.Empty(VenueIncidents.View.Build(Of((Id, Placed), (Inc, Opened), (Inc, Rejected)))[Venue].Open);
        Assert.Single(VenueIncidents.View.Build(Of((Id, Placed), (Inc, Rejected), (Inc, new IncidentEvent.Undone(Inc, Venue, Officer, IncidentStep.Rejected, [Id], Noon))))[Venue].Open);
    }

    [Fact]
    public void An_incident_knows_how_many_alerts_it_holds()
    {
        var joined = Placed with { AlertId = Other, Opens = false };
        Assert.Equal(2, VenueIncidents.View.Build(Of((Id, Placed), (Other, joined)))[Venue].Open.Single().Alerts);
        Assert.Equal(3, VenueIncidents.View.Build(Of((Id, Placed), (Inc, new IncidentEvent.Absorbed(Inc, Venue, Inc2, [Fight, Fire], Noon))))[Venue].Open.Single().Alerts);
    }

    [Fact]
    public void An_hour_counts_what_was_shown_and_what_was_not()
    {
        var hour = DeskHour.View.Build(Of(
            (Id, Placed), (Other, Placed with { AlertId = Other, Opens = false }), (Inc, Held(Inc, Suppression.Budget)), (Inc2, Held(Inc2, Suppression.CoolDown)), (Venue, Held(Venue, Suppression.Late)), (Camera, Held(Camera, Suppression.Full)),
            (Inc, Placed with { AlertId = Inc, By = Officer }))).Values.Single();
        Assert.Equal(new DeskHour(District, Noon, 1, 1, 1, 1, 1, 1) { Full = 1 }, hour); // what a person fetched costs the desk no budget
        Assert.Equal(4, hour.HeldBack);
    }

    [Fact]
    public void An_hour_of_a_venue_counts_what_each_detector_told_and_what_called_no_desk()
    {
        var told = Raised with { SeenFrom = Noon.AddMinutes(7) };
        var hour = DetectorHour.View.Build(Of(
            (Id, told), (Other, told with { AlertId = Other }), (Inc, told with { AlertId = Inc, Kind = AlertKind.CrowdSurge }), (Inc2, told with { AlertId = Inc2, Seen = null }), (Venue, told with { AlertId = Venue, DeviceId = Venue }),
            (Other, Held(Other, Suppression.Budget)), (Id, Held(Id, Suppression.CoolDown)), (Other, Placed with { AlertId = Other, By = Officer }), (Inc2, Held(Inc2, Suppression.Late) with { Kind = AlertKind.Complaint }))).Values.Single();
        Assert.Equal((Venue, Noon), (hour.VenueId, hour.Hour));
        Assert.Equal([new(Camera, Detector.Fight, 2), new(Camera, Detector.Crowd, 1), new(Venue, Detector.Fight, 1)], hour.Tallies);
        Assert.Equal([new(Detector.Fight, 1)], hour.HeldBack);
        Assert.NotEqual(DetectorHour.KeyOf(Venue, Noon), DetectorHour.KeyOf(Venue, Noon.AddHours(1)));
    }

    [Fact]
    public void An_hour_knows_which_complaints_opened_an_incident()
    {
        var said = Placed with { Kind = AlertKind.Complaint };
        var hour = DeskHour.View.Build(Of((Id, said), (Other, said with { AlertId = Other, Opens = false }), (Inc, Placed with { AlertId = Inc }))).Values.Single();
        Assert.Equal([Id], hour.Complaints);
    }

    [Fact]
    public void A_week_counts_the_errors_of_one_version_at_one_venue()
    {
        var (dance, fight) = (new AlertJudgement(false, RejectReason.Dance), new AlertJudgement(true, null));
        var week = AlertWeek.View.Build(Of((Id, Raised), (Other, Raised with { AlertId = Other }), (Id, Judged(null, dance)), (Id, Judged(dance, null)), (Id, Judged(null, fight)), (Other, Judged(null, dance)))).Values.Single();
        Assert.Equal((2, 1, 1, new DateOnly(2026, 6, 1), Hash), (week.Raised, week.Confirmed, week.RejectedCount, week.Week, week.ModelSha256));
        Assert.Equal(1, week.Rejected[RejectReason.Dance]);
    }

    [Fact]
    public void A_day_tells_how_soon_a_desk_answered_and_what_it_never_took()
    {
        IncidentEvent.Opened second = new(Inc2, Venue, District, Fire, Noon.AddMinutes(5)), third = new(Other, Venue, District, Fight, Noon.AddDays(-1));
        var cards = IncidentCard.View.Build(Of(
            (Inc, Opened), (Inc, Taken), (Inc, new IncidentEvent.Confirmed(Inc, Venue, Officer, [Id], Noon.AddSeconds(9))), (Inc, new IncidentEvent.Dispatched(Inc, Venue, Officer, Noon.AddSeconds(12))), (Inc, new IncidentEvent.Arrived(Inc, Venue, Officer, Noon.AddSeconds(312))),
            (Inc2, second), (Inc2, new IncidentEvent.Escalated(Inc2, Venue, EscalatedTo.Neighbour, "Алмалы", Noon)), (Inc2, new IncidentEvent.Escalated(Inc2, Venue, EscalatedTo.ShiftLead, null, Noon)), (Inc2, Taken with { IncidentId = Inc2, At = Noon.AddMinutes(7) }),
            (Other, third), (Other, new IncidentEvent.Lapsed(Other, Venue, Noon)))).Values;
        Assert.Equal(
            [new AnswerDay(District, new(2026, 6, 1), 2, 2, 1, 1, 0, 120, 1, 300), new AnswerDay(District, new(2026, 5, 31), 1, 0, 0, 0, 1, null, 0, null)], AnswerDay.Of(cards));
    }

    [Fact]
    public void A_clip_nobody_confirmed_is_kept_for_a_day_and_a_confirmed_one_for_a_month()
    {
        var kept = new AlertEvent.ClipKept(Id, Venue, Hash, 1, false);
        Assert.Equal(Noon.AddHours(24), KeptClip.View.Build(Of((Id, kept)))[Id].Until);
        Assert.Equal(Noon.AddDays(30), KeptClip.View.Build(Of((Id, kept with { IsConfirmed = true })))[Id].Until);
        Assert.Equal(Noon.AddDays(30), KeptClip.View.Build(Of((Id, kept), (Id, Judged(null, new(true, null)))))[Id].Until);
        var held = new IncidentEvent.ClipPreserved(Inc, Venue, Id, "№ 17", new(2026, 12, 1), Officer, Noon);
        Assert.Equal(Domain.Venues.VenueZone.Midnight(new(2026, 12, 2)), KeptClip.View.Build(Of((Id, kept), (Inc, held)))[Id].Until);
        Assert.Empty(KeptClip.View.Build(Of((Id, kept), (Id, new AlertEvent.ClipErased(Id, Venue, Hash)))));
        var blurred = new AlertEvent.BlurredClipKept(Id, Venue, Hash, 1, false);
        Assert.Equal(Noon.AddHours(24), KeptClip.View.Build(Of((Id, blurred)))[Id].Until);
        Assert.Single(KeptClip.View.Build(Of((Id, kept), (Id, blurred))));
        Assert.Empty(KeptClip.View.Build(Of((Id, kept), (Id, blurred), (Id, new AlertEvent.ClipErased(Id, Venue, Hash)), (Id, new AlertEvent.BlurredClipErased(Id, Venue, Hash)))));
    }

    [Fact]
    public void Each_time_the_blur_was_taken_off_stands_in_a_list_and_is_counted_by_desk_and_day()
    {
        IncidentEvent.ClipUnblurred first = new(Inc, Venue, Id, Officer, UnblurReason.IdentifyVictim, null, Noon), second = first with { Reason = UnblurReason.Other, CaseNumber = "17-26", At = Noon.AddHours(1) };
        var facts = Of((Inc, Opened), (Inc, Taken), (Inc, first), (Inc, second));
        Assert.Equal(
            [new UnblurredClip(Inc, Venue, Id, Officer, UnblurReason.Other, "17-26", second.At), new(Inc, Venue, Id, Officer, UnblurReason.IdentifyVictim, null, Noon)],
            UnblurredClip.View.Build(facts).Values.OrderBy(UnblurredClip.View.SortOf, StringComparer.Ordinal));
        Assert.Equal(2, Assert.Single(AnswerDay.Of(IncidentCard.View.Build(facts).Values)).Unblurred);
    }
}
