using System.Runtime.InteropServices;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>What of the central list an operation gets: the entries that hold now, their templates, and how much the list costs in false candidates.</summary>
internal sealed class Lists(IEventLog log, WatchVault vault, Enroller enroller, TimeProvider clock)
{
    public async Task<ListSize> Size(IReadOnlyList<Guid> entries, int passers, CancellationToken ct)
    {
        var listed = (await Holding(entries, ct)).Count;
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
            if (Mean([.. entry.Pictures.Where(picture => picture.ModelSha256 == approval.ModelSha256).Select(picture => vault.Template(entry.Card.EntryId, picture.PictureId)).OfType<byte[]>()]) is { } template)
                faces.Add(new(entry.Card.EntryId, template));
        return faces.Count == 0 ? null : new(operation.Card.OperationId, operation.Card.VenueId, operation.Card.BasisId, approval.ModelSha256, approval.Threshold, faces);
    }

    /// <summary>
    /// One template for a person, of all the pictures there are: their mean, of length one again. So a list is as long as its persons are many, a face is compared with each of them once, and what is enrolled is what
    /// <c>./run evaluate faces</c> measures. The parts are wiped.
    /// </summary>
    /// <param name="templates">Vectors of one recogniser, numbers of 32 bits, little-endian.</param>
    internal static byte[]? Mean(IReadOnlyList<byte[]> templates)
    {
        if (templates is [] or [_]) return templates is [var only] ? only : null;
        var mean = new float[templates[0].Length / sizeof(float)];
        foreach (var one in templates)
        {
            var values = MemoryMarshal.Cast<byte, float>(one);
            for (var i = 0; i < mean.Length; i++) mean[i] += values[i];
            Array.Clear(one);
        }

        var square = 0.0;
        foreach (var value in mean) square += (double)value * value;
        var length = (float)Math.Sqrt(square);
        for (var i = 0; length > 0 && i < mean.Length; i++) mean[i] /= length;
        var whole = MemoryMarshal.AsBytes<float>(mean).ToArray();
        Array.Clear(mean);
        return whole;
    }

    async Task<IReadOnlyList<WatchEntry.Known>> Holding(IReadOnlyList<Guid> entries, CancellationToken ct)
    {
        var holding = new List<WatchEntry.Known>();
        foreach (var entry in entries)
            if ((await log.Load(WatchEntry.Decider, new(WatchEntry.Decider.Category, entry), ct)).State is WatchEntry.Known known && known.HoldsAt(clock.GetUtcNow())) holding.Add(known);
        return holding;
    }
}
