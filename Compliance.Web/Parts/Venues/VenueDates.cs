using Compliance.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Parts.Venues;

/// <summary>From when until when something holds, in words.</summary>
public static class VenueDates
{
    public static string Dates(this IStringLocalizer<VenueWords> words, DateOnly from, DateOnly? until) =>
        until is { } end ? words["from-until", from.Text(), end.Text()] : words["from", from.Text()];
}
