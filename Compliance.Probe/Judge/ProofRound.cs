using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;

namespace Compliance.Probe.Judge;

/// <summary>What one round found: the record from now on, what the judge has to hear, and whether to look again soon.</summary>
internal sealed record ProofFound(CameraRecord Record, IReadOnlyList<Sign.Proved> Signs, bool InDoubt);

/// <summary>
/// Asks one camera over ONVIF who it is, what time it has and what it declares; writes a one-time text into its picture now and then, and has one
/// random second of its archive replayed. No session is opened but that of the replay.
/// </summary>
internal sealed class ProofRound(OnvifMeans means, OverlayChallenge overlay, ArchiveProof archive, ProofSettings settings, TimeProvider clock, Random chance)
{
    /// <param name="repeated">What looking at the pictures for repetition says by itself.</param>
    /// <param name="keep">Keeps the record at once, before something is borrowed.</param>
    public async Task<ProofFound> Run(AssignedCamera assigned, CameraRecord record, FeedOutlet outlet, Proven repeated, Action<CameraRecord> keep, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        record = record.For(assigned) with { Since = record.Since ?? now };
        var signs = new List<Sign.Proved>();
        try
        {
            var camera = await OnvifCamera.Meet(OnvifTarget.Of(assigned.MainStream, assigned.Onvif, assigned.UserName, assigned.Password), means, ct);
            if (record.Borrowed is { } left) await overlay.GiveBack(camera, left, borrowed => keep(record = record with { Borrowed = borrowed }));
            var identity = await Try(() => camera.Identity(ct));
            record = Recognise(record, identity, signs, now);
            var profile = await Try(() => camera.ProfileOf(assigned.MainStream, ct));
            (record, var live) = await IsLive(camera, profile, record, outlet, repeated, signs, keep, ct);
            var target = new FeedTarget(assigned.MainStream, assigned.UserName, assigned.Password, FeedTransport.Tcp);
            var (tally, kept) = await archive.Ask(camera, profile, target, record.Since!.Value, record.Archive, ct);
            if (tally != record.Archive && tally.Last != ProofState.Unasked)
                signs.Add(new(clock.GetUtcNow(), ProofOf.Archive, tally.Last == ProofState.Broken ? Verdict.ArchiveShort : null, kept.Detail));
            var proofs = new CameraProofs(clock.GetUtcNow(), Name(identity), Short(identity?.Serial), Short(identity?.Firmware), profile?.Declared, camera.ClockOffset?.TotalMilliseconds, kept, live);
            return new(record with { Archive = tally, Proofs = proofs }, signs, record.Strangers > 0 || record.Unseen > 0);
        }
        catch (OnvifFault fault)
        {
            var none = Detail.Of(Reason.NoOnvif, fault.Message);
            var live = repeated.State == ProofState.Broken ? repeated : repeated with { Detail = Detail.And(none, repeated.Detail) };
            var proofs = new CameraProofs(clock.GetUtcNow(), null, null, null, null, null, new(ProofState.Unverifiable, none, now), live);
            return new(record with { Proofs = proofs }, signs, false);
        }
    }

    /// <summary>Who answers first is who the camera is; another one, twice, is told. Without a serial number nobody is recognised.</summary>
    CameraRecord Recognise(CameraRecord record, OnvifIdentity? identity, List<Sign.Proved> signs, DateTimeOffset now)
    {
        if (identity is not { Serial: { Length: > 0 } serial }) return record;
        if (record.Serial is null || record.Serial == serial)
        {
            if (record.Serial is not null) signs.Add(new(now, ProofOf.Identity, null));
            return record with { Serial = serial, Strangers = 0 };
        }

        var strangers = record.Strangers + 1;
        if (strangers >= settings.Strangers) signs.Add(new(now, ProofOf.Identity, Verdict.ParameterViolation, Detail.Of(Reason.OtherDevice, Short(serial)!, Short(record.Serial)!)));
        return record with { Strangers = strangers };
    }

    async Task<(CameraRecord, Proven)> IsLive(
        OnvifCamera camera, OnvifProfile? profile, CameraRecord record, FeedOutlet outlet, Proven repeated, List<Sign.Proved> signs, Action<CameraRecord> keep, CancellationToken ct)
    {
        if (repeated.State == ProofState.Broken) return (record, repeated);
        var last = record.Proofs?.Live;
        if (record is { Answered: true, Unseen: 0 } && last is not null && chance.NextDouble() > settings.OverlayShare) return (record, last);
        if (profile?.SourceConfiguration is not { } source) return (record, repeated with { Detail = Detail.And(Detail.Of(Reason.NoOverlay), repeated.Detail) });
        var answer = await overlay.Run(camera, source, outlet.Fanout, borrowed => keep(record = record with { Borrowed = borrowed }), ct);
        var now = clock.GetUtcNow();
        switch (answer.Answer)
        {
            case Answer.Read:
                signs.Add(new(now, ProofOf.Live, null));
                return (record with { Answered = true, Unseen = 0 }, new(ProofState.Given, Detail.Of(Reason.OverlayRead, answer.Seconds), now));
            case Answer.Unseen when record.Answered:
                var unseen = record.Unseen + 1;
                var evidence = Detail.Of(Reason.OverlayUnseen, unseen);
                if (unseen >= settings.Unseen) signs.Add(new(now, ProofOf.Live, Verdict.LoopedOrReplayed, evidence));
                return (record with { Unseen = unseen }, new(unseen >= settings.Unseen ? ProofState.Broken : ProofState.Unasked, evidence, now));
            case Answer.Failed:
                return (record, last ?? repeated);
            default:
                var why = Detail.Of(answer.Answer switch { Answer.NoOverlay => Reason.NoOverlay, Answer.Unseen => Reason.OverlayNeverSeen, _ => Reason.OverlayUnreadable });
                return (record, repeated with { Detail = Detail.And(why, repeated.Detail) });
        }
    }

    static async Task<T?> Try<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (OnvifFault)
        {
            return default;
        }
    }

    static string? Name(OnvifIdentity? identity) => identity is null ? null : Short($"{identity.Maker} {identity.Model}".Trim());

    /// <summary>What a device writes of itself is text of any kind.</summary>
    static string? Short(string? text) => text is null ? null : string.Concat(text.Where(c => !char.IsControl(c)).Take(80).Select(c => c.ToString(CultureInfo.InvariantCulture)));
}
