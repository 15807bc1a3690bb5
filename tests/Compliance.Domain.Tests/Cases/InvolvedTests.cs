using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Duties;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Cases;

/// <summary>Whoever had a say in what a case rests on is not the one to decide the appeal.</summary>
public sealed class InvolvedTests
{
    static readonly Guid Id = DutySpecs.Id, Venue = DutySpecs.Venue, Officer = new("00000000-0000-0000-0000-0000000000f1");

    static IReadOnlyList<Guid> Of(object fact, string? actor = null) =>
        Involved.In(Tests.Kernel.Story.Of((Id, fact)).Select(f => f with { Origin = f.Origin with { Actor = actor ?? $"user:{Officer}" } }));

    static readonly object[] Says =
    [
        new CaseEvent.SizeSet(Id, Venue, SizeClass.Small, null),
        new CaseEvent.Decided(Id, Venue, CaseOutcome.Warning, Route.Warning, "seen", Officer, Noon),
        new CaseEvent.PenaltySet(Id, Venue, 1, 2026, 1, "№ 1", Officer, Noon),
        new DutyEvent.ExtensionGranted(Id, Venue, Noon, "seen", Noon), new DutyEvent.ExtensionRefused(Id, Venue, "seen", Noon),
        new DutyEvent.Reopened(Id, Venue, "seen", Noon),
        new OutageEvent.CauseAttributed(Id, Id, Venue, Cause.Owner, Noon, null, "seen"),
        new OutageEvent.ContestDecided(Id, Id, Venue, Id, Noon, Noon.AddMinutes(1), Cause.Power, false, "seen", "v"),
        new InspectionEvent.ActIssued(Id, Venue, "kz", "1", "", []),
        new InspectionEvent.Signed(Id, Venue, Officer, Signatory.Inspector, null),
        new InspectionEvent.OrderChecked(Id, Venue, Id, "KZ.EXIT.003", false, "still shut"),
        new MaintenanceEvent.Approved(Id, Venue, [Id], Noon, Noon.AddHours(1)), new MaintenanceEvent.Refused(Id, Venue, "too long"),
        new DeviceEvent.HoursMandated(Id, Venue, MandatedHours.OpeningHours),
        new CaseEvent.AppealDecided(Id, Venue, AppealOutcome.Upheld, "read again", Officer, Noon),
    ];

    [Fact] public void Who_had_a_say_is_named_by_the_log_itself() => Assert.All(Says, fact => Assert.Equal([Officer], Of(fact)));

    [Fact] public void The_systems_own_word_names_nobody() => Assert.Empty(Of(new DutyEvent.Verified(Id, Venue, VerifiedBy.Probe, "", Noon), "reaction:fix-duty-when-outage-closes"));

    [Fact] public void What_the_owner_said_is_no_decision()
    {
        Assert.Empty(Of(new InspectionEvent.Signed(Id, Venue, Officer, Signatory.Venue, null)));
        Assert.Empty(Of(new DutyEvent.ExtensionAsked(Id, Venue, Noon, DutySpecs.Why, Noon)));
    }

    [Fact]
    public void On_day_45_and_when_a_penalty_or_its_ground_holds_no_more_those_who_answer_are_told() => Assert.Equal([NoticeKind.CaseLimitationNears, NoticeKind.CasePenaltyLifted, NoticeKind.CaseExcused],
        Tests.Kernel.Story.Of((Id, new CaseEvent.WarnedOfLimitation(Id, Venue, Noon.AddDays(61), Noon.AddDays(45))), (Id, new CaseEvent.PenaltyLifted(Id, Venue, 5, "№ 1", Officer, Noon)), (Id, new CaseEvent.DismissalProposed(Id, Venue, Noon)))
            .SelectMany(r => NotifyWhenCaseOpensOrIsDecided.Policy.React(EventCatalog.Decode(r)!, r)).Select(r => $"{r}")
            .Select(told => Enum.GetValues<NoticeKind>().Single(kind => told.Contains($"Kind = {kind},", StringComparison.Ordinal))));
}
