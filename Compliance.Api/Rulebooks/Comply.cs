using System.Globalization;
using Compliance.Api.Venues;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>
/// What a rulebook says of a venue, now or as of an instant that has passed: rebuilt from the facts the log held then. A rulebook
/// of another country or a later version may be asked too; it changes no older answer.
/// </summary>
static class Comply
{
    /// <param name="asOf">An instant with its offset (ISO 8601), not in the future; now when it is not said.</param>
    /// <param name="rulebook">The id of a rulebook (<c>GET /rulebooks</c>).</param>
    /// <param name="version">A published version; the one in force then, as was known then, when it is not said.</param>
    public static async Task<IResult> Handle(
        Guid venueId, string? asOf, string? rulebook, string? version, Library library, VenueStreams streams, TimeProvider clock, CancellationToken ct)
    {
        var (now, id) = (clock.GetUtcNow(), rulebook ?? RulebookShelf.Usual);
        if (InstantIn(asOf, now) is not { } at || at > now)
            return Problems.Of(new Refusal("compliance.as-of-malformed", "An instant that has passed, such as 2026-11-23T21:00:00+05:00.", "asOf"));
        if ((version is null ? await library.InForce(id, at, ct) : await library.Find(id, version, ct)) is not { } bound)
            return Problems.Of(new Refusal("rulebook.unknown", "There is no such rulebook or version, or none was in force then.", version is null ? "rulebook" : "version"));
        return FactSheet.Of(venueId, at, await streams.Of(venueId, ct, at)) is { } facts
            ? TypedResults.Ok(VenueCompliance.Of(facts, bound.Book, bound.Hash))
            : Problems.Of(new Refusal("compliance.before-registration", "The venue was not registered yet.", "asOf"));
    }

    /// <summary>Null when it is malformed, or says no offset: whose noon would it be?</summary>
    static DateTimeOffset? InstantIn(string? text, DateTimeOffset now) =>
        text is null ? now
        : DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime()
        : null;

    static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
}
