using Compliance.Domain.Duties;
using Compliance.Domain.Rulebooks;
using Compliance.Web.Shell;
using MudBlazor;

namespace Compliance.Web.Parts.Duties;

/// <summary>How a duty looks: the word for its state, the tone and the icon that say the same without colour.</summary>
public static class DutyFaces
{
    public static (string Word, string Tone, string Icon) Face(this DutyRow duty, DateTimeOffset now) => duty switch
    {
        { State: DutyState.Met } => ("state.Met", "good", Icons.Material.Rounded.CheckCircle),
        { State: DutyState.Lapsed } => ("state.Lapsed", "unclear", Icons.Material.Rounded.DoNotDisturbOn),
        { State: DutyState.Mended } => ("state.Mended", "unclear", Icons.Material.Rounded.HowToReg),
        { Clock.Due: { } due } when due <= now => ("state.overdue", "bad", Icons.Material.Rounded.ReportProblem),
        _ => ("state.Owed", "bad", Icons.Material.Rounded.Timelapse),
    };

    public static string Said(this Sentence sentence) => Languages.Current switch { "ru" => sentence.Ru, "en" => sentence.En, _ => sentence.Kk };
}
