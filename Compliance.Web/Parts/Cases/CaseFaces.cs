using System.Globalization;
using Compliance.Domain.Cases;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
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

    /// <summary>What the article allows, also while nobody knows it in tenge; null while the size is not known or where no amount was read.</summary>
    public static string? Amount(this IStringLocalizer<CaseWords> words, CaseRow row) => row.Charge switch
    {
        { Fine: { } fine } => words.Amount(fine),
        var charge when charge.InMci(row.OffenceAt) is { } range => range.From == range.To
            ? words["amount.unpriced", Number(range.From), VenueZone.Day(row.OffenceAt).Year]
            : words["amount.unpriced-range", Number(range.From), Number(range.To), VenueZone.Day(row.OffenceAt).Year],
        _ => null,
    };

    public static string Number(decimal n) => n.ToString("#,##0.##", CultureInfo.CurrentCulture);

    /// <summary>Amounts and articles that were only remembered are to be confirmed before anybody relies on them.</summary>
    public static string Mark(this Confidence confidence) => $"confidence.{confidence}";
}
