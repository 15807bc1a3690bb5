using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Licences;

/// <summary>How long one step may take, and on what that stands: hardly any of it is law, and what is not says so.</summary>
public sealed record LicenceTerm(Deadline What, CalendarSpan Span, Basis Basis, Confidence Confidence, string Source);

/// <summary>
/// The published terms of the venue certificate. Kazakhstan has no licence "to run a night club"; where no text gives a number
/// it is this project's own. A fact carries its due date, so terms changed later move no older date.
/// </summary>
public static class LicenceTerms
{
    const string Own = "this project's own number";
    const string SummaryReview = "Licensing Act 2003 (UK), s. 53A-53C";

    public static readonly IReadOnlyList<LicenceTerm> All =
    [
        new(Deadline.Review, Working(5), Basis.Default, Confidence.Project, Own),
        new(Deadline.Correction, Working(10), Basis.Default, Confidence.Project, Own),
        new(Deadline.Inspection, Working(15), Basis.Default, Confidence.Project, Own),
        new(Deadline.Overall, Working(30), Basis.Default, Confidence.Project, Own),
        new(Deadline.Proposal, new(0, 0, 0, TimeSpan.FromHours(48)), Basis.Analogue, Confidence.Secondary, SummaryReview),
        new(Deadline.SuspensionReview, new(0, 28, 0, default), Basis.Analogue, Confidence.Secondary, SummaryReview),
        new(Deadline.Renewal, Working(15), Basis.Default, Confidence.Project, Own),
    ];

    /// <summary>Days before its last day from which renewal may be asked for (own number).</summary>
    public const int RenewalOpensDays = 90;

    /// <summary>The longest a certificate may run, months (own number).</summary>
    public const int LongestMonths = 36;

    public static DateTimeOffset Due(Deadline what, DateTimeOffset from) => All.First(term => term.What == what).Span.After(from, Holidays);

    /// <summary>The last day of the longest certificate that begins on that day.</summary>
    public static DateOnly LastDay(DateOnly from) => from.AddMonths(LongestMonths).AddDays(-1);

    public static bool RenewalIsOpen(DateOnly day, DateOnly until) => until.DayNumber - day.DayNumber <= RenewalOpensDays;

    static IReadOnlyList<string> Holidays => RulebookShelf.All[RulebookShelf.Usual].Holidays;

    static CalendarSpan Working(int days) => new(0, 0, days, default);
}
