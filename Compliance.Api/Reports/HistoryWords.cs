using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>What a fact of a venue's history says, in one sentence.</summary>
static class HistoryWords
{
    public static string Tell(this LiabilitySheet sheet, object fact, DateTimeOffset at) => fact switch
    {
        LicenceEvent f => sheet.Words.Of(f),
        InspectionEvent f => sheet.Words.Of(f),
        OutageEvent f => sheet.Words.Of(f, sheet.Place(f.DeviceId)),
        DutyEvent f => sheet.Of(f),
        CaseEvent f => sheet.Of(f),
        VenueEvent.Registered f => sheet.Words.Say("His_Registered", f.Capacity),
        VenueEvent.PersonAppointed { Appointment: var a } => sheet.Words.Say("His_Appointed", sheet.People.Name(a.SubjectId, at), sheet.Words[a.Post], sheet.Words.Day(a.From)),
        VenueEvent.PersonRelieved f => sheet.Words.Say("His_Relieved", sheet.People.Name(f.SubjectId, at), sheet.Words[f.Post], sheet.Words.Day(f.Until)),
        VenueEvent.LegalBasisGranted { Basis: var b } => sheet.Words.Say("His_Basis", sheet.Words[b.Kind], b.Document),
        VenueEvent.LegalBasisWithdrawn f => sheet.Words.Say("His_BasisWithdrawn", f.Reason),
        VenueEvent.Closed f => sheet.Words.Say("His_VenueClosed", f.Reason),
        MaintenanceEvent.Requested f => sheet.Words.Say("His_WindowAsked", sheet.Words.Instant(f.From), sheet.Words.Instant(f.Until), f.Document),
        MaintenanceEvent.Approved f => sheet.Words.Say("His_WindowApproved", sheet.Words.Instant(f.From), sheet.Words.Instant(f.Until)),
        MaintenanceEvent.Refused f => sheet.Words.Say("His_WindowRefused", f.Grounds),
        MaintenanceEvent.Withdrawn => sheet.Words["His_WindowWithdrawn"],
        MaintenanceEvent.Ended => sheet.Words["His_WindowEnded"],
        _ => EventCatalog.NameOf(fact),
    };

    static string Of(this Words w, LicenceEvent fact) => fact switch
    {
        LicenceEvent.Applied f => w.Say("His_Applied", f.Papers.Count),
        LicenceEvent.Resubmitted f => w.Say("His_Resubmitted", f.Papers.Count),
        LicenceEvent.Returned f => w.Say("His_Returned", f.Ruling.Grounds),
        LicenceEvent.InspectionOrdered f => w.Say("His_Ordered", w.Ends(f.Due), f.Ruling.Grounds),
        LicenceEvent.Granted f => w.Say("His_Granted", f.Number, w.Day(f.From), w.Day(f.Until)) + (f.WithoutAct is { } why ? " " + w.Say("His_WithoutAct", why) : "") + (f.Despite is { } despite ? " " + w.Say("His_Despite", despite) : ""),
        LicenceEvent.Refused f => w.Say("His_Refused", f.Ruling.Grounds),
        LicenceEvent.ConditionAttached f => w.Say("His_Condition", w.Of(f.Condition.Kk, f.Condition.Ru)),
        LicenceEvent.ConditionLifted => w["His_ConditionLifted"],
        LicenceEvent.SuspensionProposed f => w.Say("His_Proposed", string.Join(", ", f.Rules)),
        LicenceEvent.ProposalDismissed f => w.Say("His_ProposalDismissed", f.Ruling.Grounds),
        LicenceEvent.ProposalWithdrawn => w["His_ProposalWithdrawn"],
        LicenceEvent.Suspended f => w.Say("His_Suspended", f.Ruling.Grounds),
        LicenceEvent.Reinstated f => w.Say("His_Reinstated", f.Ruling.Grounds),
        LicenceEvent.SuspensionEnded => w["His_SuspensionEnded"],
        LicenceEvent.RenewalApplied => w["His_RenewalApplied"],
        LicenceEvent.Renewed f => w.Say("His_Renewed", w.Day(f.Until)),
        LicenceEvent.RenewalRefused f => w.Say("His_RenewalRefused", f.Ruling.Grounds),
        LicenceEvent.Expired f => w.Say("His_Expired", w.Day(f.Until)),
        LicenceEvent.Revoked f => w.Say("His_Revoked", f.Ruling.Grounds),
        LicenceEvent.Escalated f => w.Say("His_Escalated", w.Ends(f.Due)),
        _ => EventCatalog.NameOf(fact),
    };

    static string Of(this Words w, InspectionEvent fact) => fact switch
    {
        InspectionEvent.CheckRegistered f => w.Say("His_CheckRegistered", f.Number),
        InspectionEvent.Started f => w.Say("His_CheckStarted", f.Rulebook, f.Version),
        InspectionEvent.ActIssued f => w.Say("His_Act", f.Findings.Count),
        InspectionEvent.SelfCheckCompleted => w["His_SelfCheck"],
        InspectionEvent.SignatureRefused f => w.Say("His_Unsigned", w[$"Act_Why_{f.Because}"]),
        InspectionEvent.Cancelled f => w.Say("His_CheckCancelled", f.Reason),
        _ => EventCatalog.NameOf(fact),
    };

    public static string Of(this Words w, OutageEvent fact, string? where)
    {
        var place = where ?? w["Device"];
        return fact switch
        {
            OutageEvent.VerdictChanged f => w.Say("Out_Became", place, w[f.Verdict], w.Instant(f.At)),
            OutageEvent.Opened f => w.Say("His_OutageOpened", place, w[f.Verdict], w.Instant(f.StartedAt)),
            OutageEvent.Closed f => w.Say("His_OutageClosed", place, w.Instant(f.EndedAt)),
            OutageEvent.DutyEnded f => w.Say("His_OutageEnded", place, w[f.Because]),
            OutageEvent.CauseAttributed f => w.Say("His_Cause", place, w[f.Cause], f.Grounds),
            OutageEvent.Contested f => w.Say("His_Contested", place, w.Instant(f.From), w.Instant(f.Until), w[f.Cause], f.Proof.Reference),
            OutageEvent.ContestDecided f => w.Say(f.Accepted ? "His_ContestAccepted" : "His_ContestRefused", place, f.Grounds, f.FormulaVersion),
            OutageEvent.Excused f => w.Say("His_Excused", place, w.Instant(f.From), w.Instant(f.Until)),
            OutageEvent.LookedAgain f => w.Say("His_Sight", place, w.Of(f.Vantage, f.ProbeId, f.Seen, f.At)),
            OutageEvent.ConfirmedByPerson f => w.Say("His_Sight", place, w[$"Sight_Person_{f.How}"]),
            _ => EventCatalog.NameOf(fact),
        };
    }

    static string Of(this LiabilitySheet sheet, DutyEvent fact)
    {
        var (w, number) = (sheet.Words, sheet.NumberOfDuty(fact.DutyId));
        return fact switch
        {
            DutyEvent.Arose f => w.Say(f.Source is DutySource.OfFinding ? "His_Order" : "His_Duty", number, f.Matter.RuleId),
            DutyEvent.Overstayed f => w.Say("His_Overstayed", number, w.Ends(f.DueAt)),
            DutyEvent.ExtensionAsked f => w.Say("His_TimeAsked", number, w.Ends(f.Until)),
            DutyEvent.ExtensionGranted f => w.Say("His_TimeGranted", number, w.Ends(f.Until), f.Grounds),
            DutyEvent.ExtensionRefused f => w.Say("His_TimeRefused", number, f.Grounds),
            DutyEvent.RepairShown => w.Say("His_RepairShown", number),
            DutyEvent.Verified f => w.Say("His_Verified", number, w[f.By]),
            DutyEvent.Reopened f => w.Say("His_Reopened", number, f.Grounds),
            DutyEvent.WaitEscalated f => w.Say("His_WaitEscalated", number, w.Instant(f.DueAt), w[f.Wait]),
            DutyEvent.WentOn f => w.Say("His_WentOn", number, w.Ends(f.DueAt)),
            DutyEvent.Lapsed f => w.Say("His_Lapsed", number, w[f.Because]),
            _ => EventCatalog.NameOf(fact),
        };
    }

    static string Of(this LiabilitySheet sheet, CaseEvent fact)
    {
        var (w, number) = (sheet.Words, sheet.NumberOfCase(fact.CaseId));
        return fact switch
        {
            CaseEvent.Opened f => w.Say("His_CaseOpened", number, sheet.NumberOfDuty(f.DutyId), w[f.Charge.Route]),
            CaseEvent.ChargedAnew f => w.Say("His_ChargedAnew", number, sheet.NumberOfCase(f.Cancelled), w[f.Charge.Stage], w[f.Charge.Route]),
            CaseEvent.AmountTold f => w.Say("His_AmountTold", number, f.Fine.MciYear, w.Number((double)f.Fine.FromTenge), w.Number((double)f.Fine.ToTenge)),
            CaseEvent.Pleaded f => w.Say("His_Pleaded", number, w[f.Plea]),
            CaseEvent.PenaltyLifted f => w.Say("His_PenaltyLifted", number, f.Mci, f.Document),
            CaseEvent.WarnedOfLimitation f => w.Say("His_Limitation", number, w.Instant(f.BarredAt)),
            CaseEvent.DismissalProposed => w.Say("His_DismissalProposed", number),
            CaseEvent.DismissalWithdrawn => w.Say("His_DismissalWithdrawn", number),
            CaseEvent.Decided f => w.Say("His_CaseDecided", number, w[f.Outcome], f.Grounds),
            CaseEvent.AmountSourced f => w.Say("His_AmountSourced", number, f.Source),
            CaseEvent.PenaltySet f => w.Say("His_Penalty", number, f.Mci, w.Number((double)f.Tenge), f.Document),
            CaseEvent.Appealed f => w.Say("His_Appealed", number, f.Evidence.EventIds.Count),
            CaseEvent.AppealDecided f => w.Say("His_AppealDecided", number, w[f.Outcome], f.Grounds),
            CaseEvent.Settled f => w.Say("His_Settled", number, f.Document),
            CaseEvent.TimeBarred => w.Say("His_Barred", number),
            _ => EventCatalog.NameOf(fact),
        };
    }
}
