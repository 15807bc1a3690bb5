using Compliance.Domain.Duties;
using Compliance.Domain.Rulebooks;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Shell;
using Microsoft.Extensions.Localization;
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

    /// <summary>What is to be mended: a device by its place and what is wrong with it, or what the rule asks.</summary>
    public static string Title(this DutyShown shown, Venues.Known known, IStringLocalizer<DutyWords> words, IStringLocalizer<DeviceWords> devices) => shown.Duty.Source switch
    {
        DutySource.OfOutage outage => $"{known.Device(outage.DeviceId)?.Spec.Place() ?? devices[$"kind.{outage.Kind}"]} · {devices[$"verdict.{outage.Verdict}"]}",
        _ => shown.Requirement?.Said() ?? shown.Duty.Matter.RuleId ?? words["order"],
    };

    public static string Said(this Sentence sentence) => Languages.Current switch { "ru" => sentence.Ru, "en" => sentence.En, _ => sentence.Kk };
}
