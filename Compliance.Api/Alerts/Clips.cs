using System.Security.Cryptography;
using Compliance.Api.Drills;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Alerts;

/// <summary>
/// The clip of an alert, as it was recorded and blurred: put by the box that told their hashes, seen by officers. The blurred copy is what is shown; whoever needs the other says why first.
/// </summary>
static class Clips
{
    /// <summary>An MP4 says so in its second four bytes.</summary>
    static ReadOnlySpan<byte> FileType => "ftyp"u8;

    [RequestSizeLimit(AlertClip.Largest + (1 << 16))]
    public static Task<Answer> Put(Guid alertId, Stream body, Caller probe, Knock knock, Leases leases, ClipStore store) => Put(alertId, ClipCopy.Original, body, probe, knock, leases, store);

    [RequestSizeLimit(AlertClip.Largest + (1 << 16))]
    public static Task<Answer> PutBlurred(Guid alertId, Stream body, Caller probe, Knock knock, Leases leases, ClipStore store) => Put(alertId, ClipCopy.Blurred, body, probe, knock, leases, store);

    /// <summary>It is sealed first and then told to the log, so that no fact names a clip that is not there.</summary>
    static async Task<Answer> Put(Guid alertId, ClipCopy copy, Stream body, Caller probe, Knock knock, Leases leases, ClipStore store)
    {
        var (state, _, _) = await knock.Log.Load(Alert.Decider, new("alert", alertId), knock.Ct);
        if (state is not Alert.Known { Card: var card } || !(await knock.Log.VenuesOf(probe.Id, knock.Ct)).ContainsKey(card.VenueId)) return new Refusal("alert.unknown", "No such alert.");
        if (await Read(body, knock.Ct) is not { } mp4) return new Refusal("alert.clip-large", $"A clip has no more than {AlertClip.Largest >> 20} MiB.", "body");
        if (mp4.Length < 12 || !mp4.AsSpan(4, 4).SequenceEqual(FileType)) return new Refusal("alert.clip-no-video", "A clip is an MP4 file.", "body");
        var hash = Convert.ToHexStringLower(SHA256.HashData(mp4));
        AlertCommand keep = copy == ClipCopy.Blurred ? new AlertCommand.KeepBlurred(hash, mp4.Length) : new AlertCommand.KeepClip(hash, mp4.Length);
        return await leases.Speak(probe.Id, card.VenueId, async _ =>
        {
            // Its term may have passed while it came.
            var (now, _, _) = await knock.Log.Load(Alert.Decider, new("alert", alertId), knock.Ct);
            if (Alert.Decider.Decide(now, keep).Refusal is { } no) return no;
            var isNamed = now is Alert.Known known && (copy == ClipCopy.Blurred ? known.HasBlurred : known.HasClip);
            store.Keep(alertId, copy, mp4);
            try
            {
                Answer answer = await knock.Log.Execute(Alert.Decider, alertId, keep, knock.Origin, CancellationToken.None);
                isNamed = answer.IsDone;
                return answer;
            }
            finally
            {
                if (!isNamed) store.Erase(alertId, copy); // what no fact names would lie there for ever
            }
        }, new Refusal("probe.lease-lost", "Another probe watches this venue."), knock.Ct);
    }

    /// <summary>The blurred copy. That it is seen is a fact before it is seen.</summary>
    public static async Task<IResult> See(Guid incidentId, Guid alertId, Caller caller, ClipStore store, DrillDesk drills, IEventLog log, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await drills.See(incidentId, alertId, caller, ct) is { } ofDrill) return ofDrill.Mp4 is { } shown ? Shown(shown, response) : Problems.Of(ofDrill.Refusal!);
        if (store.Get(alertId, ClipCopy.Blurred) is not { } mp4) return Problems.Of(new Refusal("policeincident.blurred-clip-missing", "There is no blurred copy of this clip: it is still being made, or was erased."));
        var view = new IncidentCommand.ViewClip(alertId, caller.Id, VenueZone.Day(clock.GetUtcNow()));
        var done = await log.Execute(Incident.Decider, incidentId, view, new(EventIds.From(incidentId, $"view/{view}"), caller.Actor), ct);
        return done.Refusal is { } no ? Problems.Of(no) : Shown(mp4, response);
    }

    /// <summary>As it was recorded: only to whoever said why a moment ago, by the log and not by any view of it, and still has it in hand.</summary>
    public static async Task<IResult> SeeOriginal(Guid incidentId, Guid alertId, Caller caller, ClipStore store, DrillDesk drills, IEventLog log, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await drills.OriginalRefused(incidentId, alertId, new(caller.Id, caller.Is(Who.Supervisor)), ct) is { } never) return Problems.Of(never);
        var (state, _, _) = await log.Load(Incident.Decider, new(Incident.Decider.Category, incidentId), ct);
        if (Incident.OriginalRefused(state, alertId, new(caller.Id, caller.Is(Who.Supervisor)), clock.GetUtcNow()) is { } no) return Problems.Of(no);
        return store.Get(alertId, ClipCopy.Original) is { } mp4 ? Shown(mp4, response)
            : Problems.Of(new Refusal("policeincident.clip-missing", "The clip of this alert has not come, or was erased."));
    }

    static IResult Shown(byte[] mp4, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(mp4, "video/mp4", enableRangeProcessing: true);
    }

    /// <summary>Null when there is more than a clip may have.</summary>
    static async Task<byte[]?> Read(Stream body, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int read; (read = await body.ReadAsync(chunk, ct)) > 0;)
        {
            if (buffer.Length + read > AlertClip.Largest) return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
