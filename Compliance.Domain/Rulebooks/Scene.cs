using System.Globalization;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>Where a check is asked: the facts of the venue, and the thing at hand.</summary>
sealed record Scene(VenueFacts Facts, IReadOnlyList<string> Holidays, Thing Thing)
{
    /// <summary>Shared by all scenes of one evaluation: the same nights are asked for by every rule and camera.</summary>
    readonly Dictionary<DateTimeOffset, (DateTimeOffset Opens, DateTimeOffset Closes)[]> _openings = [];

    public Scene At(Thing thing) => this with { Thing = thing };

    /// <summary>Openings that began between an instant and now, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset Opens, DateTimeOffset Closes)> Openings(DateTimeOffset since) =>
        _openings.TryGetValue(since, out var known) ? known : _openings[since] = [.. Facts.OpeningHours.Openings(since, Facts.At)];

    public bool Complete(string kind) => Facts.Complete.Contains(kind);

    /// <summary>The thing an attribute is of, and what is known of it.</summary>
    public (Thing Of, string Name, Known? Known) Find(string name)
    {
        var ofVenue = name.StartsWith("venue.", StringComparison.Ordinal);
        var (thing, key) = ofVenue ? (Facts.Venue, name["venue.".Length..]) : (Thing, name);
        return (thing, key, thing[key]);
    }

    /// <summary>A judgement of one attribute. Unknown when nobody knows it or the number asked for has not been read.</summary>
    public Judged Of(string name, Need need, string? needed, bool asked, Func<Known, (bool Met, string Found)> test, Func<Known, bool>? belowAdvice = null)
    {
        var (of, key, known) = Find(name);
        if (known is null || !asked) return Ground(Outcome.Unknown, of, key, known is null ? null : test(known).Found, need, needed, known);
        var (met, found) = test(known);
        return Ground(met ? Outcome.Pass : Outcome.Fail, of, key, found, need, needed, known, met && belowAdvice?.Invoke(known) == true);
    }

    public static Judged Ground(
        Outcome outcome, Thing of, string attribute, string? found, Need need, string? needed, Known? known, bool advised = false) =>
        new(outcome, [new(outcome, of.Kind, of.Id, of.Label, attribute, found, need, needed, advised, known?.By is { } id ? [id] : [], known?.From)]);

    /// <summary>Nobody has listed the things of this kind.</summary>
    public static Judged Lacking(string kind, Need need, string? needed) =>
        new(Outcome.Unknown, [new(Outcome.Unknown, kind, "", "", "", null, need, needed, false, [])]);

    /// <summary>How many there are; where some only may be meant, what nobody knows of those is a ground too.</summary>
    public Judged Counted(string kind, int sure, IReadOnlyList<Judged> unsure, decimal? min, decimal? max)
    {
        var perhaps = unsure.Count;
        var most = Complete(kind) ? sure + perhaps : int.MaxValue;
        var (need, number) = min is not null ? (Need.CountAtLeast, min) : (Need.CountAtMost, max);
        var outcome = number is null ? Outcome.Unknown
            : (min is null || sure >= min) && (max is null || most <= max) ? Outcome.Pass
            : most < min || sure > max ? Outcome.Fail
            : Outcome.Unknown;
        var found = Complete(kind) || sure > 0 ? Say(sure) : null;
        return new(outcome, [new(outcome, kind, "", "", "", found, need, Say(number), false, [], Provenance(kind)), .. outcome == Outcome.Unknown ? unsure.SelectMany(u => u.Grounds) : []]);
    }

    /// <summary>Of a kind the record lists by itself, a count is as good as the weakest of what speaks for its things.</summary>
    Provenance? Provenance(string kind) => Facts.Kept.Contains(kind)
        ? Facts.Of(kind).Select(t => t.Attributes.Values.Max(known => known.From)).DefaultIfEmpty(Rulebooks.Provenance.Registered).Min() : null;

    public static string? Say(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>An outcome and the grounds it stands on.</summary>
sealed record Judged(Outcome Outcome, IReadOnlyList<Ground> Grounds)
{
    public static readonly Judged Passed = new(Outcome.Pass, []);

    /// <summary>For a thing that may not be meant at all: a failure is not sure, and whether it is meant is a ground too.</summary>
    public Judged UnlessPassed(Judged meant) => Outcome is Outcome.Fail or Outcome.Unknown ? new(Outcome.Unknown, [.. meant.Grounds, .. Grounds]) : this;

    /// <summary>A condition that does not hold is no fault: it only says why nothing was asked.</summary>
    public Judged NotAsked() => new(Outcome.NotApplicable, [.. Grounds.Select(ground => ground with { Outcome = Outcome.NotApplicable })]);

    /// <summary>One failure fails all; else one unknown leaves it open. What does not apply does not count.</summary>
    public static Judged AllOf(IReadOnlyList<Judged> parts) => new(
        parts.Any(p => p.Outcome == Outcome.Fail) ? Outcome.Fail
        : parts.Any(p => p.Outcome == Outcome.Unknown) ? Outcome.Unknown
        : parts.Any(p => p.Outcome == Outcome.Pass) ? Outcome.Pass : Outcome.NotApplicable,
        [.. parts.SelectMany(p => p.Grounds)]);

    /// <summary>One pass is enough; else one unknown leaves it open.</summary>
    public static Judged AnyOf(IReadOnlyList<Judged> parts) => new(
        parts.Any(p => p.Outcome == Outcome.Pass) ? Outcome.Pass
        : parts.Any(p => p.Outcome == Outcome.Unknown) ? Outcome.Unknown
        : parts.Any(p => p.Outcome == Outcome.Fail) ? Outcome.Fail : Outcome.NotApplicable,
        [.. parts.SelectMany(p => p.Grounds)]);
}
