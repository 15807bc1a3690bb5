using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>What of the central list an operation gets: the entries that hold now, their templates, and how much the list costs in false candidates.</summary>
internal sealed class Lists(IEventLog log, WatchVault vault, Enroller enroller, TimeProvider clock)
{
    public async Task<ListSize> Size(IReadOnlyList<Guid> entries, int passers, CancellationToken ct)
    {
        var listed = (await Holding(entries, ct)).Sum(known => known.Pictures.Count);
        var (recogniser, _) = await enroller.Ask(ct);
        var table = new ThresholdTable(recogniser?.Thresholds ?? []);
        return new(listed, table.Longest(), passers, table.For(listed), ThresholdTable.FalseCandidates(passers), recogniser?.Model);
    }

    /// <summary>Null where none of its entries holds, or their templates are of another recogniser than the one the operation was approved with.</summary>
    public async Task<ListCopy?> Copy(WatchOperation.Known operation, CancellationToken ct)
    {
        if (operation.Approval is not { } approval) return null;
        var faces = new List<ListedFace>();
        foreach (var entry in await Holding(operation.Card.Entries, ct))
            foreach (var picture in entry.Pictures.Where(picture => picture.ModelSha256 == approval.ModelSha256))
                if (vault.Template(entry.Card.EntryId, picture.PictureId) is { } template) faces.Add(new(entry.Card.EntryId, template));
        return faces.Count == 0 ? null : new(operation.Card.OperationId, operation.Card.VenueId, operation.Card.BasisId, approval.ModelSha256, approval.Threshold, faces);
    }

    async Task<IReadOnlyList<WatchEntry.Known>> Holding(IReadOnlyList<Guid> entries, CancellationToken ct)
    {
        var holding = new List<WatchEntry.Known>();
        foreach (var entry in entries)
            if ((await log.Load(WatchEntry.Decider, new(WatchEntry.Decider.Category, entry), ct)).State is WatchEntry.Known known && known.HoldsAt(clock.GetUtcNow())) holding.Add(known);
        return holding;
    }
}
