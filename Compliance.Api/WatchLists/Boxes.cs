using System.Security.Cryptography;
using Compliance.Api.Devices;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.WatchLists;

/// <summary>What a box gets and tells of watch lists: copies for its memory, that they were wiped, and faces that may be somebody's.</summary>
static class Boxes
{
    /// <summary>Only of operations that run now at venues it holds. That it is given one is a fact before it is given.</summary>
    /// <param name="operations">Those whose lists the box can use now: it is given no other, and is held to wipe what it was given.</param>
    public static async Task<IResult> Copies(string operations, Caller probe, Lists lists, Leases leases, IEventLog log, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var copies = new List<ListCopy>();
        var asked = operations.Split(',').Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).ToHashSet();
        foreach (var venue in (await log.VenuesOf(probe.Id, ct)).Keys)
        {
            if (!await leases.Ask(probe.Id, venue, ct)) continue;
            foreach (var row in (await views.All(WatchOperationRow.View, [venue], ct)).Where(row => asked.Contains(row.Card.OperationId) && row.RunsAt(clock.GetUtcNow())))
            {
                if ((await log.Load(DetectorBasis.Decider, new(DetectorBasis.Decider.Category, row.Card.BasisId), ct)).State is not DetectorBasis.Standing) continue;
                var (state, _, _) = await log.Load(WatchOperation.Decider, new(WatchOperation.Decider.Category, row.Card.OperationId), ct);
                if (state is not WatchOperation.Known known || !known.RunsAt(clock.GetUtcNow()) || await lists.Copy(known, ct) is not { } copy) continue;
                var given = await log.Execute(WatchOperation.Decider, row.Card.OperationId, new WatchOperationCommand.GiveCopy(probe.Id, clock.GetUtcNow()), new(Guid.CreateVersion7(clock.GetUtcNow()), probe.Actor), ct);
                if (given.Refusal is null) copies.Add(copy);
            }
        }

        return TypedResults.Ok(copies);
    }

    public static async Task<IResult> Wiped(CopiesWiped body, Caller probe, IEventLog log, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var wiped = body.Operations.Take(100).ToHashSet();
        if (body.HoldsNothing)
        {
            await foreach (var row in views.From(WatchOperationRow.View, ct))
            {
                if (row.End is not null && row.Copies.Count == 0) break;
                if (row.Copies.Contains(probe.Id)) wiped.Add(row.Card.OperationId);
            }
        }

        foreach (var operation in wiped)
            await log.Execute(WatchOperation.Decider, operation, new WatchOperationCommand.DeleteCopy(probe.Id, clock.GetUtcNow()), new(Guid.CreateVersion7(clock.GetUtcNow()), probe.Actor), ct);
        return TypedResults.Ok();
    }

    /// <summary>Of a camera and an operation of its own, of somebody on that list, as alike as the list asks for; the picture lies sealed before the fact names it.</summary>
    [RequestSizeLimit(2 * CandidateTold.LargestPicture)]
    public static async Task<Answer> Tell(CandidateTold body, Caller probe, Knock knock, Leases leases, CandidatePictures pictures, TimeProvider clock)
    {
        var (state, _, _) = await knock.Log.Load(WatchOperation.Decider, new(WatchOperation.Decider.Category, body.OperationId), knock.Ct);
        if (state is not WatchOperation.Known { Approval: { } approval, Card: var card } known || !(await knock.Log.VenuesOf(probe.Id, knock.Ct)).ContainsKey(card.VenueId))
            return new Refusal("watchoperation.unknown", "There is no such operation.");
        var receipt = new Receipt(clock.GetUtcNow(), approval.At, body.Clock);
        var seenAt = receipt.Doubts(body.ObservedAt) ? receipt.At : body.SeenAt;
        if (!known.RunsAt(seenAt) || seenAt > receipt.At + Receipt.Allowance || !card.Hours.Covers(seenAt)) return new Refusal("watchoperation.not-running", "This operation did not run then.");
        if ((await knock.Log.Load(DetectorBasis.Decider, new(DetectorBasis.Decider.Category, card.BasisId), knock.Ct)).State is not DetectorBasis.Standing) return new Refusal("watchoperation.no-basis", "No basis of the authority holds any more.");
        if (!card.Cameras.Contains(body.DeviceId)) return new Refusal("watchoperation.camera-outside", "The operation does not name this camera.", "deviceId");
        if (!card.Entries.Contains(body.EntryId)) return new Refusal("watchoperation.entry-over", "The operation looks for nobody of that id.", "entryId");
        if (body.Model.Sha256 != approval.ModelSha256 || body.Threshold < approval.Threshold - 1e-9) return new Refusal("watchoperation.other-model", "The operation was approved with another recogniser or threshold.", "model");
        if (body.Picture is not { Length: > 4 and <= CandidateTold.LargestPicture } || body.Picture is not [0xff, 0xd8, ..]) return new Refusal("facecandidate.picture-malformed", "A candidate comes with a JPEG of half a megabyte at most.", "picture");
        var raise = new FaceCandidateCommand.Raise(body.CandidateId, card.VenueId, card.OperationId, body.EntryId, body.DeviceId, seenAt, body.Score, body.Threshold, body.Model, body.Pictures, body.InterEye,
            body.FramesAnalysed > 0 ? body.FramesAnalysed : null, body.FramesAnalysed > 0 ? body.FramesSkipped : null, body.Clock, Convert.ToHexStringLower(SHA256.HashData(body.Picture)));
        return await leases.Speak(probe.Id, card.VenueId, async _ =>
        {
            var (before, _, _) = await knock.Log.Load(FaceCandidate.Decider, new(FaceCandidate.Decider.Category, body.CandidateId), knock.Ct);
            return FaceCandidate.Decider.Decide(before, raise).Refusal is { } no ? no
                : await pictures.Keep(body.CandidateId, body.Picture, async () => await knock.Log.Execute(FaceCandidate.Decider, body.CandidateId, raise, knock.Origin, CancellationToken.None));
        }, new Refusal("probe.lease-lost", "Another probe watches this venue."), knock.Ct);
    }
}
