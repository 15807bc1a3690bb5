using System.Globalization;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The audit of a venue for a period (two days, both included), to be printed or read on the screen.</summary>
static class Audit
{
    /// <param name="from">First day, <c>yyyy-mm-dd</c>.</param>
    /// <param name="to">Last day; of today only what has passed.</param>
    /// <param name="formula">A version of the formula of availability; the current one when it is not said.</param>
    public static Task<IResult> Print(
        Guid venueId, string? from, string? to, [AsParameters] Wish wish, string? formula, Caller caller, Audits audits, Addresses addresses, Papers papers, TimeProvider clock, CancellationToken ct)
    {
        var words = wish.Words ?? Words.All["en"];
        var (period, fault) = PeriodOf(from, to, words, VenueZone.Day(clock.GetUtcNow()));
        if (formula is not null && !AvailabilityFormula.Versions.Contains(formula))
            fault = new("report.formula-unknown", words.Say("Problem_Formula", string.Join(", ", AvailabilityFormula.Versions)), "formula");
        return wish.Fault is null && fault is not null ? Task.FromResult(Problems.Of(fault)) : papers.Answer(
            wish, async words => await audits.Compose(venueId, period!, words, await addresses.ReadableBy(caller, venueId, ct), ct, formula ?? AvailabilityFormula.Current),
            words => new("report.before-registration", words["Problem_BeforeRegistration"], "to"), ct);
    }

    public static Task<IResult> Show(
        Guid venueId, string? from, string? to, [AsParameters] Wish wish, string? formula, Caller caller, Audits audits, Addresses addresses, Papers papers, TimeProvider clock, CancellationToken ct) =>
        Print(venueId, from, to, wish with { As = "html" }, formula, caller, audits, addresses, papers, clock, ct);

    internal static (Period? Period, Refusal? Fault) PeriodOf(string? from, string? to, Words words, DateOnly today)
    {
        if (DayIn(from) is not { } first) return (null, Fault("from", words["Problem_PeriodMissing"]));
        if (DayIn(to) is not { } last) return (null, Fault("to", words["Problem_PeriodMissing"]));
        if (last < first) return (null, Fault("to", words["Problem_PeriodBackward"]));
        if (first > today) return (null, Fault("from", words["Problem_PeriodFuture"]));
        return last.DayNumber - first.DayNumber < Period.MaxDays
            ? (Period.Days(first, last), null) : (null, Fault("to", words.Say("Problem_PeriodLong", Period.MaxDays)));
    }

    static DateOnly? DayIn(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 9999 ? day : null;

    static Refusal Fault(string field, string because) => new("report.period-malformed", because, field);
}
