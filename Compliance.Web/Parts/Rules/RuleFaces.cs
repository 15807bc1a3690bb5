using Compliance.Domain.Rulebooks;
using MudBlazor;

namespace Compliance.Web.Parts.Rules;

/// <summary>Icons and tones of results; a colour never says anything alone.</summary>
public static class RuleFaces
{
    public static string Icon(this Outcome outcome) => outcome switch
    {
        Outcome.Pass => Icons.Material.Rounded.CheckCircle,
        Outcome.Fail => Icons.Material.Rounded.ReportProblem,
        Outcome.Unknown => Icons.Material.Rounded.HelpOutline,
        _ => Icons.Material.Rounded.DoNotDisturbOn,
    };

    public static string Tone(this Outcome outcome) => outcome switch
    {
        Outcome.Pass => "good",
        Outcome.Fail => "bad",
        _ => "unclear",
    };

    /// <summary>Nobody at the venue is asked: the system does it itself, or the police or the operator have to.</summary>
    public static bool IsOfOthers(this RuleAnswer rule) => rule.BySystem || rule.Answerable is Answerable.Police or Answerable.Operator;

    public static string SubjectIcon(string subject) => subject switch
    {
        "camera" => Icons.Material.Rounded.Videocam,
        "exit" => Icons.Material.Rounded.MeetingRoom,
        "fire" => Icons.Material.Rounded.LocalFireDepartment,
        "guard" => Icons.Material.Rounded.Security,
        "policeAccess" => Icons.Material.Rounded.LocalPolice,
        "privacy" => Icons.Material.Rounded.PrivacyTip,
        _ => Icons.Material.Rounded.Storefront,
    };

    public static string Text(this Sentence sentence) => Shell.Languages.Current switch
    {
        "kk" => sentence.Kk,
        "ru" => sentence.Ru,
        _ => sentence.En,
    };
}
