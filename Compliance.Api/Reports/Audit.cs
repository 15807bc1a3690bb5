using System.Globalization;
using Compliance.Api.Evidence;
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
    /// <param name="language">kk, ru or en; Kazakh when it is not said.</param>
    /// <param name="formula">A version of the formula of availability; the current one when it is not said.</param>
    public static Task<IResult> Print(
        Guid venueId, string? from, string? to, string? language, string? formula, Caller caller, Audits audits, Addresses addresses, AuditHtml html, Issuer issuer, TimeProvider clock, CancellationToken ct) =>
        Answer(venueId, from, to, language, formula, caller, audits, addresses, clock, async report =>
        {
            var pdf = await issuer.Issue(await html.Render(report), report.Words, report.Attached, report.IssuedAt, ct);
            return Results.File(pdf, "application/pdf", $"audit-{report.DocumentId}-{report.Words.Language}.pdf");
        }, ct);

    public static Task<IResult> Show(
        Guid venueId, string? from, string? to, string? language, string? formula, Caller caller, Audits audits, Addresses addresses, AuditHtml html, TimeProvider clock, HttpResponse response, CancellationToken ct) =>
        Answer(venueId, from, to, language, formula, caller, audits, addresses, clock, async report =>
        {
            response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
            return Results.Content(await html.Render(report), "text/html; charset=utf-8");
        }, ct);

    static async Task<IResult> Answer(
        Guid venueId, string? from, string? to, string? language, string? formula, Caller caller, Audits audits, Addresses addresses, TimeProvider clock, Func<AuditReport, Task<IResult>> print, CancellationToken ct)
    {
        if (Words.All.GetValueOrDefault(language ?? "kk") is not { } words) return Problems.Of(new Refusal("report.language-unknown", Words.All["en"]["Problem_Language"], "language"));
        if (formula is not null && !AvailabilityFormula.Versions.Contains(formula))
            return Problems.Of(new Refusal("report.formula-unknown", words.Say("Problem_Formula", string.Join(", ", AvailabilityFormula.Versions)), "formula"));
        var (period, fault) = PeriodOf(from, to, words, VenueZone.Day(clock.GetUtcNow()));
        if (fault is not null) return Problems.Of(fault);
        try
        {
            return await audits.Compose(venueId, period!, words, await addresses.ReadableBy(caller, venueId, ct), ct, formula ?? AvailabilityFormula.Current) is { } report
                ? await print(report)
                : Problems.Of(new Refusal("report.before-registration", words["Problem_BeforeRegistration"], "to"));
        }
        catch (PrinterOutOfOrder broken)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, broken.Code, broken.Message);
        }
    }

    static (Period? Period, Refusal? Fault) PeriodOf(string? from, string? to, Words words, DateOnly today)
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
