using Compliance.Domain.WatchLists;
using MudBlazor;

namespace Compliance.Web.Parts.WatchLists;

/// <summary>What an entry, an operation or a candidate looks like: a tone and an icon.</summary>
public static class WatchFaces
{
    public static (string Tone, string Icon) Face(this WatchStage stage) => stage switch
    {
        WatchStage.Proposed or WatchStage.RenewalAsked => ("unclear", Icons.Material.Rounded.HourglassTop),
        WatchStage.Holds => ("good", Icons.Material.Rounded.CheckCircle),
        _ => ("unclear", Icons.Material.Rounded.EventBusy),
    };

    public static (string Tone, string Icon) Face(this WatchOperationRow row, DateTimeOffset now) => row switch
    {
        { Overdue.Count: > 0 } => ("bad", Icons.Material.Rounded.Report),
        { Stage: OperationStage.Over } => ("unclear", Icons.Material.Rounded.EventBusy),
        _ when row.RunsAt(now) => ("good", Icons.Material.Rounded.Visibility),
        _ => ("unclear", Icons.Material.Rounded.Schedule),
    };

    public static (string Tone, string Icon) Face(this CandidateStage stage) => stage switch
    {
        CandidateStage.Waiting or CandidateStage.SeenOnce => ("bad", Icons.Material.Rounded.Face),
        CandidateStage.Confirmed => ("running-on", Icons.Material.Rounded.HowToReg),
        _ => ("unclear", Icons.Material.Rounded.PersonOff),
    };
}
