using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Rulebooks;
using Compliance.Api.Venues;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Inspections;

/// <summary>An inspection as the log tells it.</summary>
/// <param name="At">When its last fact was recorded.</param>
readonly record struct Visit(Inspection State, long Revision, DateTimeOffset At);

/// <summary>Inspections from the log, with the list that each of them walks.</summary>
sealed class Visits(IEventLog log, VenueStreams streams, Posts posts, Library library, TimeProvider clock)
{
    public static readonly Refusal RulebookGone = new("inspection.rulebook-gone", "The version of the rulebook it began with is not at hand any more; cancel it and begin anew.");
    static readonly Refusal Stranger = new("inspection.not-yours", "Only those named may walk this inspection.");

    public async Task<Visit> Find(Guid inspectionId, CancellationToken ct)
    {
        var facts = await log.Read(new("inspection", inspectionId), ct).ToListAsync(ct);
        return facts is [.., var last]
            ? new(Inspection.Decider.Fold(facts.Select(f => (InspectionEvent)EventCatalog.Decode(f)!)), last.Revision, last.RecordedAt)
            : new(new Inspection.Unknown(), -1, default);
    }

    /// <summary>
    /// The list as it stands with everything said so far; what was signed stands as it was signed, and of one that is over as it stood then.
    /// Null where there is none, or where its very text is not at hand.
    /// </summary>
    public Task<Checklist?> ListOf(Visit visit, CancellationToken ct) => visit.State switch
    {
        Inspection.Running running => ListOf(running, running.Content?.MeasuredAt ?? clock.GetUtcNow(), true, ct),
        Inspection.Done({ Content: { } signed } over, _) => ListOf(over, signed.MeasuredAt, true, ct),
        Inspection.Done(var over, _) => ListOf(over, visit.At, false, ct),
        _ => Task.FromResult<Checklist?>(null),
    };

    /// <summary>What is put before somebody to sign: what the other side signed, or, where nobody has or that is not to be had any more, what stands now.</summary>
    public async Task<(Checklist List, DateTimeOffset MeasuredAt)?> ToSign(Visit visit, CancellationToken ct)
    {
        if (visit.State is not Inspection.Running walk) return (new("", "", "", []), default); // the decider refuses to sign what is not walked, and says why
        var now = clock.GetUtcNow();
        if (walk.Content is { } signed && VenueZone.Day(now) <= signed.LastDay && await ListOf(walk, signed.MeasuredAt, true, ct) is { } list && walk.Holds(list) == true) return (list, signed.MeasuredAt);
        return await ListOf(walk with { Content = null }, now, true, ct) is { } fresh ? (fresh, now) : null; // what was signed before bounds nothing that is measured anew
    }

    async Task<Checklist?> ListOf(Inspection.Running walk, DateTimeOffset at, bool isOpen, CancellationToken ct)
    {
        if (await library.Find(walk.Start.Rulebook, walk.Start.Version, ct) is not { } bound || bound.Hash != walk.Start.Hash) return null;
        return FactSheet.Of(walk.Card.VenueId, at, InspectionAct.KnownTo(walk, await FactsOf(walk.Card, ct)), isOpen ? walk.Card.InspectionId : null) is { } facts
            ? Checklist.Of(facts, bound.Book, bound.Hash, walk.Card.Kind != InspectionKind.SelfCheck) : null;
    }

    /// <summary>Its own stream is read apart: the view that names it may not have heard of it yet.</summary>
    public async Task<IReadOnlyList<Recorded>> FactsOf(InspectionEvent.Scheduled card, CancellationToken ct)
    {
        var own = new StreamId("inspection", card.InspectionId);
        return [.. (await streams.Of(card.VenueId, ct)).Where(f => f.Stream != own), .. await log.Read(own, ct).ToListAsync(ct)];
    }

    /// <summary>An officer walks what he is named in; the venue's own people, who hold a post there today, walk their own check.</summary>
    public async Task<Refusal?> MayWalk(Inspection state, Caller caller, CancellationToken ct)
    {
        if (state is Inspection.Unknown) return new("inspection.unknown", "No such inspection.");
        var card = Inspection.CardOf(state);
        var may = card.Kind == InspectionKind.SelfCheck
            ? await posts.Hold(caller, Who.Owner | Who.Manager, new(card.VenueId), ct) : caller.Is(Who.Inspector) && card.Walkers.Contains(caller.Id);
        return may ? null : Stranger;
    }
}
