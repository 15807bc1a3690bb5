using System.Runtime.CompilerServices;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Guards;

/// <summary>
/// What time alone brings about: a guard is late or has missed the shift, an entry was not written up in a day; and after twelve months the
/// words of the book and the names of guards who left are forgotten. It compares what is with what should be, so a missed tick changes nothing.
/// </summary>
sealed class GuardWatch(IEventLog log, IViewStore views, Notebook notes, Persons persons, TimeProvider clock)
{
    const int AtOnce = 200;

    const string Actor = "reaction:watch-guards";

    /// <summary>Both lists begin with what still expects something.</summary>
    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await foreach (var sheet in Waiting(ShiftSheet.View, s => !s.IsSettled, ct))
        {
            var assess = new ShiftCommand.Assess(now);
            if (ShiftSheet.Decider.Decide(sheet, assess).Events.Count > 0)
                await log.Execute(ShiftSheet.Decider, ShiftSheet.IdOf(sheet.VenueId, sheet.Night), assess, Origin(now), ct);
        }

        await foreach (var entry in Waiting(BookRow.View, e => !e.IsWrittenUp, ct))
        {
            if (entry.Due >= now) break; // the soonest due stands first
            if (!entry.IsOverdue) await log.Execute(BookEntry.Decider, entry.EntryId, new BookCommand.Assess(now), Origin(now), ct);
        }
    }

    /// <summary>The key goes first, so the fact never claims what has not happened.</summary>
    public async Task Forget(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = VenueZone.Day(now);
        foreach (var entry in await views.All(BookRow.View, null, ct))
        {
            if (entry.KeptUntil >= today || entry.IsWordless || entry.Notes.Count == 0) continue;
            foreach (var written in entry.Notes) notes.Destroy(written.Note);
            await log.Execute(BookEntry.Decider, entry.EntryId, new BookCommand.DestroyWords(), Origin(now), ct);
        }

        foreach (var guard in (await views.All(GuardingCard.View, null, ct)).SelectMany(card => card.Guards))
        {
            if (guard.Until is { } left && left.AddMonths(BookEntry.KeptMonths) < today && persons.Find(guard.GuardId) is not null)
                await persons.Forget(guard.GuardId, new(EventIds.From(guard.GuardId, "kept-long-enough"), Actor), ct);
        }
    }

    async IAsyncEnumerable<TRow> Waiting<TRow>(View<TRow> view, Func<TRow, bool> waits, [EnumeratorCancellation] CancellationToken ct) where TRow : class
    {
        for (Page<TRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(view, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (!waits(row)) yield break;
                yield return row;
            }
        }
    }

    static Origin Origin(DateTimeOffset now) => new(Guid.CreateVersion7(now), Actor);
}
