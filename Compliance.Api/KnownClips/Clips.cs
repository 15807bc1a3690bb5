using System.Security.Cryptography;
using Compliance.Api.Drills;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.KnownClips;

/// <summary>The authority's clips whose content is known: added, assigned to boxes, deleted; and what the boxes' detectors made of them.</summary>
static class Clips
{
    public static Task<Page<KnownClipRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) => views.List(KnownClipRow.View, null, paging.Size, paging.After, ct);

    /// <summary>It is decoded once before it is kept, and sealed before the log names it.</summary>
    [RequestSizeLimit(2 * KnownClip.Largest)]
    public static async Task<Answer> Add(Guid clipId, KnownClipProposal body, Knock knock, KnownClipStore store, ClipCheck check)
    {
        if (body.Clip.ClipId != clipId) return Problems.OtherId("clip.clipId");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(body.File));
        var (state, _, _) = await knock.Log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, clipId), knock.Ct);
        // What is there is never written over: a second knock is answered from what was found the first time.
        if (state is KnownClip.Known { Card: var card })
            return await knock.Send(KnownClip.Decider, clipId, body.Clip with { Sha256 = sha256, Bytes = body.File.Length, Seconds = card.Seconds, Width = card.Width, Height = card.Height });
        var (clip, refusal) = await check.Look(body.File, knock.Ct);
        if (clip is null) return refusal!;
        var add = body.Clip with { Sha256 = sha256, Bytes = body.File.Length, Seconds = clip.Seconds, Width = clip.Width, Height = clip.Height };
        if (KnownClip.Decider.Decide(state, add).Refusal is { } no) return no;
        // Who lets go meanwhile leaves no clip behind of which nobody knows whether it was told.
        return await store.Keep(clipId, body.File, () => (knock with { Ct = CancellationToken.None }).Send(KnownClip.Decider, clipId, add));
    }

    public static async Task<Answer> Assign(Guid clipId, KnownClipCommand.Assign body, Knock knock, IViewStore views, TimeProvider clock)
    {
        foreach (var box in body.Boxes ?? [])
            if (await views.Find(ProbeCard.View, box, knock.Ct) is null) return new Refusal("knownclip.box-foreign", "There is no such box.", "boxes");
        return await knock.Send(KnownClip.Decider, clipId, body with { At = clock.GetUtcNow() });
    }

    /// <summary>The file goes first, so the fact never claims what has not happened.</summary>
    public static async Task<Answer> Delete(Guid clipId, KnownClipCommand.Delete body, Knock knock, KnownClipStore store, DrillDesk drills, TimeProvider clock)
    {
        var delete = body with { At = clock.GetUtcNow() };
        if (KnownClip.Decider.Decide((await knock.Log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, clipId), knock.Ct)).State, delete).Refusal is { } no) return no;
        store.Erase(clipId);
        await drills.ClipGone(clipId, CancellationToken.None);
        return await knock.Send(KnownClip.Decider, clipId, delete);
    }

    /// <summary>To a box that may play it, and to no other.</summary>
    public static async Task<IResult> Fetch(Guid clipId, Caller probe, IEventLog log, KnownClipStore store, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return (await log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, clipId), ct)).State is KnownClip.Known known && known.IsFor(probe.Id) && store.Get(clipId) is { } file
            ? TypedResults.Bytes(file, "application/octet-stream") : Problems.Of(new Refusal("knownclip.unknown", "No such clip is assigned to this box."));
    }

    /// <summary>What a box is to play now and then.</summary>
    public static async Task<IReadOnlyList<AssignedKnownClip>> For(Guid box, IViewStore views, CancellationToken ct)
    {
        var clips = new List<AssignedKnownClip>();
        await foreach (var row in views.From(KnownClipRow.View, ct))
        {
            if (row.Deletion is not null) break; // those that are kept stand first
            if (row.IsFor(box)) clips.Add(new(row.Card.ClipId, row.Card.Detector, row.Card.Sha256));
        }

        return [.. clips.OrderBy(clip => clip.ClipId)];
    }

    /// <summary>What was measured, and which boxes that look for something have never said anything of it.</summary>
    public static async Task<RecallSheet> Recall(IViewStore views, CancellationToken ct)
    {
        var (months, boxes) = (await views.All(RecallMonth.View, null, ct), await views.All(ProbeCard.View, null, ct));
        var looks = new HashSet<string>();
        await foreach (var card in views.From(DetectorCard.View, ct))
            if (card is { Detector: Detector.Fight, ToldBy: { } box }) looks.Add(box);
        var last = months.SelectMany(month => month.Boxes).GroupBy(box => box.Key).ToDictionary(group => group.Key, group => group.Max(box => box.Value));
        return new(months, [.. boxes.Select(box => (Box: box, Actor: $"probe:{box.ProbeId}")).Where(one => looks.Contains(one.Actor) || last.ContainsKey(one.Actor))
            .Select(one => new MeasuredBox(one.Box.ProbeId, one.Box.Name, last.TryGetValue(one.Actor, out var at) ? at : null)).OrderBy(box => box.LastAt.HasValue).ThenBy(box => box.LastAt).ThenBy(box => box.Name, StringComparer.Ordinal)]);
    }
}
