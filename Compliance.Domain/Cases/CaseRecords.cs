using Compliance.Domain.Duties;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Cases;

/// <summary>
/// Where a case leads, as practice goes (regulation report, section C): what is no law is only recommended; a breach of fire
/// rules is first warned of; an order that was not executed falls under article 462(3).
/// </summary>
public enum Route { Recommendation, Prescription, Warning, Article410, Article149, Article462Part3, OtherArticle }

/// <summary>What the sanction table says of a case. It is computed, never decided.</summary>
/// <param name="Sanction">Row of the table; null where no article is known.</param>
/// <param name="Earlier">The case of the penalty within the year before; null for a first one.</param>
/// <param name="Confidence">How well the row is known; a fine is never shown without it.</param>
/// <param name="Fine">Null while the size of the business is not known, no amount was read, or the index of that day is not known.</param>
public sealed record Charge(
    Route Route, string? Sanction, string? Article, Stage Stage, Guid? Earlier, SizeClass? Size, Confidence? Confidence, Fine? Fine)
{
    public Charge For(SizeClass size, DateTimeOffset offence, MciLine mci) => this with
    {
        Size = size, Fine = (this with { Size = size }).InMci(offence) is { } range ? Cases.Fine.Of(range, offence, mci) : null,
    };

    /// <summary>What the article allows in indices; null while the size is not known, or where no amount was read. It is known before the index of its year is.</summary>
    public MciRange? InMci(DateTimeOffset offence) =>
        Sanction is { } id && Size is { } size ? Sanctions.Of(id, offence)?.Fines.GetValueOrDefault(size) : null;
}

/// <summary>An amount: so many monthly calculation indices (MCI), and in tenge at the index of a year.</summary>
public sealed record Fine(decimal FromMci, decimal ToMci, int MciYear, decimal FromTenge, decimal ToTenge)
{
    /// <summary>Null where the index of the day of the offence is not known.</summary>
    public static Fine? Of(MciRange range, DateTimeOffset offence, MciLine mci)
    {
        if (mci.On(VenueZone.Day(offence)) is not { } index) return null;
        var (from, to) = range.At(index.Tenge);
        return new(range.From, range.To, index.From.Year, from, to);
    }
}

/// <summary>Who answered for the venue on the day of the offence, by the term served on that day.</summary>
public sealed record Responsible(Guid SubjectId, Post Post, DateOnly From, DateOnly? Until)
{
    /// <summary>The owner before the manager; null where nobody was appointed.</summary>
    public static Responsible? On(DateOnly day, IReadOnlyList<Appointment> people) => people
        .Where(term => term.Post != Post.Installer && term.HoldsOn(day)).OrderBy(term => term.Post).ThenBy(term => term.From)
        .Select(term => new Responsible(term.SubjectId, term.Post, term.From, term.Until)).FirstOrDefault();
}

/// <summary>What an officer makes of a case. A court or the authority sets the penalty of one that is referred.</summary>
public enum CaseOutcome { Dismissed, Recommendation, Warning, Prescription, Referred }

public enum AppealOutcome { Upheld, Cancelled }

/// <summary>Where a case stands.</summary>
public enum CaseState { Open, Appealed, Decided, Settled, Cancelled, TimeBarred }

/// <summary>What an owner says to a case: an explanation, or that it was beyond anybody's power.</summary>
public enum Plea { Explanation, ForceMajeure }

/// <summary>The facts an appeal is about, as they stood when it was made.</summary>
/// <param name="Hash">SHA-256 over them in their order, hexadecimal.</param>
public sealed record FrozenEvidence(IReadOnlyList<Guid> EventIds, string Hash);
