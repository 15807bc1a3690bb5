using System.Globalization;
using Compliance.Domain.Cases;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Compliance.Web.Parts.Cases;

/// <summary>How a case looks, and how its amounts are said: in indices and in tenge, never without the year and the confidence.</summary>
public static class CaseFaces
{
    /// <summary>Days: a case that is barred sooner calls for somebody.</summary>
    const int Soon = 16;

    public static (string Tone, string Icon) Face(this CaseRow row, DateTimeOffset now) => row.State switch
    {
        CaseState.Open when row.BarredAt - now < TimeSpan.FromDays(Soon) => ("bad", Icons.Material.Rounded.HourglassBottom),
        CaseState.Open or CaseState.Appealed => ("bad", Icons.Material.Rounded.Gavel),
        CaseState.Decided => ("unclear", Icons.Material.Rounded.AssignmentTurnedIn),
        CaseState.Settled or CaseState.Cancelled => ("good", Icons.Material.Rounded.CheckCircle),
        _ => ("unclear", Icons.Material.Rounded.EventBusy),
    };

    /// <summary>Whole days until nobody can be held liable any more.</summary>
    public static int DaysLeft(this CaseRow row, DateTimeOffset now) => Math.Max(0, (int)Math.Floor((row.BarredAt - now).TotalDays));

    public static string Amount(this IStringLocalizer<CaseWords> words, Fine fine) => fine.FromMci == fine.ToMci
        ? words["amount", Number(fine.FromMci), Number(fine.FromTenge), fine.MciYear]
        : words["amount.range", Number(fine.FromMci), Number(fine.ToMci), Number(fine.FromTenge), Number(fine.ToTenge), fine.MciYear];

    public static string Number(decimal n) => n.ToString("#,##0.##", CultureInfo.CurrentCulture);

    /// <summary>Amounts and articles that were only remembered are to be confirmed before anybody relies on them.</summary>
    public static string Mark(this Confidence confidence) => $"confidence.{confidence}";
}
