using Compliance.Domain.Licences;
using MudBlazor;

namespace Compliance.Web.Parts.Licences;

/// <summary>How the state of a certificate and the steps of its history look.</summary>
public static class LicenceFaces
{
    /// <summary>The key of a state's words: <c>state.Granted</c>.</summary>
    public static string Word(this Licence state) => state.GetType().Name;

    public static string Tone(this Licence state) => state switch
    {
        Licence.Granted { Proposals.Count: 0 } => "good",
        Licence.Granted or Licence.Suspended or Licence.Expired or Licence.Revoked or Licence.Refused or Licence.Returned => "bad",
        _ => "unclear",
    };

    public static string Icon(this Licence state) => state switch
    {
        Licence.Granted => Icons.Material.Rounded.WorkspacePremium,
        Licence.Suspended => Icons.Material.Rounded.PauseCircle,
        Licence.Expired => Icons.Material.Rounded.EventBusy,
        Licence.Revoked or Licence.Refused => Icons.Material.Rounded.Cancel,
        Licence.Returned => Icons.Material.Rounded.AssignmentReturn,
        Licence.Submitted => Icons.Material.Rounded.HourglassTop,
        Licence.UnderInspection => Icons.Material.Rounded.FactCheck,
        _ => Icons.Material.Rounded.EditNote,
    };

    public static string Icon(this LicenceEvent step) => step switch
    {
        LicenceEvent.Drafted => Icons.Material.Rounded.EditNote,
        LicenceEvent.Applied or LicenceEvent.Resubmitted or LicenceEvent.RenewalApplied => Icons.Material.Rounded.Send,
        LicenceEvent.Returned => Icons.Material.Rounded.AssignmentReturn,
        LicenceEvent.InspectionOrdered => Icons.Material.Rounded.FactCheck,
        LicenceEvent.Granted or LicenceEvent.Renewed or LicenceEvent.Reinstated or LicenceEvent.SuspensionEnded => Icons.Material.Rounded.WorkspacePremium,
        LicenceEvent.Suspended => Icons.Material.Rounded.PauseCircle,
        LicenceEvent.SuspensionProposed or LicenceEvent.Escalated => Icons.Material.Rounded.PriorityHigh,
        LicenceEvent.ConditionAttached or LicenceEvent.ConditionLifted => Icons.Material.Rounded.Rule,
        LicenceEvent.Refused or LicenceEvent.RenewalRefused or LicenceEvent.Revoked or LicenceEvent.Expired => Icons.Material.Rounded.Cancel,
        LicenceEvent.ReplyPublished or LicenceEvent.ReplyWithdrawn => Icons.Material.Rounded.RecordVoiceOver,
        _ => Icons.Material.Rounded.Circle,
    };

    /// <summary>Who decided and why, where the step is a decision.</summary>
    public static Ruling? RulingOf(this LicenceEvent step) => step switch
    {
        LicenceEvent.Returned f => f.Ruling,
        LicenceEvent.InspectionOrdered f => f.Ruling,
        LicenceEvent.Granted f => f.Ruling,
        LicenceEvent.Refused f => f.Ruling,
        LicenceEvent.ConditionAttached f => f.Ruling,
        LicenceEvent.ConditionLifted f => f.Ruling,
        LicenceEvent.ProposalDismissed f => f.Ruling,
        LicenceEvent.Suspended f => f.Ruling,
        LicenceEvent.Reinstated f => f.Ruling,
        LicenceEvent.RenewalRefused f => f.Ruling,
        LicenceEvent.Renewed f => f.Ruling,
        LicenceEvent.Revoked f => f.Ruling,
        _ => null,
    };
}
