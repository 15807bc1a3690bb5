using Compliance.Domain.Alerts;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Footage;
using Compliance.Domain.Guards;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Panels;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.Reactions;

/// <summary>The policies of this API, and what carries them out. Rules about time are added as <see cref="Assessment"/> singletons.</summary>
static class AllPolicies
{
    public static readonly IReadOnlyList<Policy> Of =
    [
        OpenOutageWhenDutyFails.Policy, RaiseDutyWhenOutageOpens.Policy, RaiseDutyWhenRuleTurnsToFail.Policy, RaiseDutyWhenActNamesFinding.Policy,
        NotifyWhenOutageOpensOrCloses.Policy, NotifyWhenOutageGroupTurns.Policy, NotifyWhenCertificateTurns.Policy, NotifyWhenMonthReportIsMade.Policy, NotifyWhenFootageIsAsked.Policy,
        FixDutyWhenOutageCloses.Policy, NotifyWhenDutyArises.Policy, OrderWhenCaseEndsInPrescription.Policy, AskAgainWhenCaseEndsInWarning.Policy, LapseOrderWhenRulingIsCancelled.Policy, OrderFollowsItsDuty.Policy, MarkDutyWhenItsNoticeArrives.Policy, NotifyWhenCaseOpensOrIsDecided.Policy,
        ProposeSuspensionWhenHardStopOverstays.Policy, WithdrawProposalWhenDutyIsMet.Policy, PlanVisitWhenInspectionIsOrdered.Policy, PlanReInspectionWhenOrderIsShownOrOverstays.Policy, JudgeDutyWhenItsOrderIsChecked.Policy, CallOffVisitWhenApplicationIsDecided.Policy,
        NoteActWhenInspectionEnds.Policy, NotifyWhenOwnersRequestIsDecided.Policy, StayTermWhenOutageIsExcused.Policy,
        WriteFaultInBookWhenCameraFails.Policy, NotifyWhenGuardMissesOrEntryWaits.Policy,
        TellDeviceWhenItsPanelOrContactTurns.Policy, NotifyWhenPanelRaisesFireOrMissesItsTest.Policy,
        RaiseAlertWhenPanelRaisesFire.Policy, RaiseAlertWhenOutageIsDangerous.Policy, RaiseAlertWhenComplaintSaysDanger.Policy, GatherAlertWhenItIsPlaced.Policy, JudgeAlertsWhenIncidentIsDecided.Policy, RaiseAlertWhenFaceIsConfirmed.Policy, RaiseAlertWhenPanicIsPressed.Policy, FetchWhenVenueAgreed.Policy,
    ];

    public static IServiceCollection AddReactions(this IServiceCollection services) => services
        .AddSingleton(Of)
        .AddHostedService<Reactor>()
        .AddHostedService<Metronome>();
}
