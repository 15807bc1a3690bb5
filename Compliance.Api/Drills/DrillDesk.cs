using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Venues;

namespace Compliance.Api.Drills;

/// <summary>
/// Drills on the desks: which are shown, what officers do with them through the doors of incidents, and when they end. Whether an id is a drill's the log says, and no view.
/// </summary>
sealed class DrillDesk(IEventLog log, IViewStore views, DrillClips clips, LookedAt looked, DrillRules rules, AlertRules alerts, TimeProvider clock)
{
    const string Actor = "reaction:watch-drills";

    /// <summary>A desk has one at most, and the city eight districts.</summary>
    const int Most = 20;

    /// <summary>Who is shown drills: those who are tried by them.</summary>
    public const Who Tried = Who.Operator | Who.Supervisor;

    public async Task<bool> IsOne(Guid id, CancellationToken ct) => await Find(id, ct) is not null;

    /// <summary>What an officer does with it.</summary>
    /// <param name="ifRevision">Of the incident it stands for, on which he decided.</param>
    /// <returns>Null where it is no drill.</returns>
    public async Task<Answer?> Handle(Guid id, IncidentCommand what, Origin origin, CancellationToken ct, long? ifRevision = null)
    {
        var command = new DrillCommand.Handle(what, clock.GetUtcNow());
        while (true)
        {
            var (state, revision, position) = await log.Load(Drill.Decider, new(Drill.Decider.Category, id), ct);
            if (state is not Drill.Known drill) return null;
            if (ifRevision is not { } seen) return await Say(id, command, origin, ct);
            // What would change nothing is not asked what it rests on, nor is it of an incident.
            if (drill.RevisionAt(command.At, alerts) is var stands && seen != stands && Drill.Decider.Decide(drill, command) is { Refusal: null, Events.Count: > 0 }) return new Executed(null, true, stands, position);
            var answer = await Say(id, command, origin, ct, revision);
            if (answer.Executed is not { Stale: true }) return answer; // else the drill moved on meanwhile: perhaps only its clip came
        }
    }

    /// <summary>Whoever would fetch its alert from what was held back is answered as of one that stands on a desk.</summary>
    /// <returns>Null where it is no drill's.</returns>
    public async Task<Answer?> Fetch(Guid alert, CancellationToken ct) => await log.Load(Drill.Decider, new(Drill.Decider.Category, Drill.IdOf(alert)), ct) is { State: Drill.Known drill, Position: var position }
        ? (Answer)new Executed(null, false, drill.Steps.RevisionOfAlert, position) : null;

    /// <summary>Whoever asks for more than is told of a drill ends it and learns why it is not given; no session, no message and no fact about the venue comes of it.</summary>
    /// <returns>Null where it is no drill.</returns>
    public async Task<Refusal?> AskForMore(Guid id, Caller caller, Guid commandId, CancellationToken ct)
    {
        if (await Find(id, ct) is not { } drill) return null;
        if (drill is Drill.Open) await Say(id, new DrillCommand.AskForMore(caller.SubjectId, clock.GetUtcNow()), new(commandId, caller.Actor), ct);
        return Drill.WasATest;
    }

    /// <summary>The blurred copy, or why it is not shown; null where it is no drill. That it is seen is a fact before it is seen.</summary>
    public async Task<(byte[]? Mp4, Refusal? Refusal)?> See(Guid id, Guid alert, Caller caller, CancellationToken ct)
    {
        if (await Find(id, ct) is not { } drill) return null;
        if (drill is not Drill.Open { Steps.HasCopy: true } || clips.Get(id) is not { } mp4) return (null, Missing);
        var view = new IncidentCommand.ViewClip(alert, caller.Id, VenueZone.Day(clock.GetUtcNow()));
        var done = await log.Execute(Drill.Decider, id, new DrillCommand.Handle(view, clock.GetUtcNow()), new(EventIds.From(id, $"view/{view}"), caller.Actor), ct);
        return done.Refusal is { } no ? (null, no) : (mp4, null);
    }

    /// <summary>Nobody was recorded, so there is nothing to be seen without a blur; who asks without having said why is answered as of an incident. Null where it is no drill.</summary>
    public async Task<Refusal?> OriginalRefused(Guid id, Guid alert, Officer by, CancellationToken ct) => await Find(id, ct) switch
    {
        null => null,
        Drill.Open open => Incident.OriginalRefused(open.StandsFor, alert, by, clock.GetUtcNow()) ?? Drill.WasATest,
        _ => Drill.WasATest,
    };

    /// <summary>Those that stand on that desk, or on any where none is named. Where something real stands too they are shown no more, though they may not be withdrawn yet.</summary>
    public async Task<IReadOnlyList<DrillRow>> Shown(string? district, CancellationToken ct)
    {
        var shown = new List<DrillRow>();
        if (district is null && await HasRealWork(null, ct)) return shown;
        foreach (var row in await Standing(ct))
            if ((district is null || row.Card.District == district) && !await GivesWay(row.Card.District, ct)) shown.Add(row);
        return shown;
    }

    /// <summary>Whether something real comes before a drill of that desk: at that desk, or at any while somebody looks at all of them at once.</summary>
    public Task<bool> GivesWay(string district, CancellationToken ct) => HasRealWork(looked.IsAll ? null : district, ct);

    /// <summary>Whether an incident of that desk, or of any where none is named, waits or is in hand.</summary>
    async Task<bool> HasRealWork(string? district, CancellationToken ct)
    {
        await foreach (var card in views.From(IncidentCard.View, ct))
        {
            if (card.IsOver) return false;
            if (district is null || card.Desks.Contains(district)) return true;
        }

        return false;
    }

    /// <summary>Whoever looks into the venue already has another reason, and no drill may draw it out.</summary>
    public async Task<bool> IsLookedInto(Guid venue, CancellationToken ct) => (await views.All(AccessRow.View, [venue], ct)).Any(row => row.IsOpen);

    /// <summary>What is real comes first, and a look for another reason than the drill; neither is anybody's answer to it.</summary>
    public async Task GiveWay(CancellationToken ct)
    {
        foreach (var row in await Standing(ct))
            if (await WhyNoMore(row.Card, ct) is { } because) await End(row.Card.DrillId, new DrillCommand.Withdraw(because, clock.GetUtcNow()), ct);
    }

    async Task<DrillEnd?> WhyNoMore(DrillEvent.Raised card, CancellationToken ct) => await GivesWay(card.District, ct) ? DrillEnd.RealWork : await IsLookedInto(card.VenueId, ct) ? DrillEnd.LookedInto : null;

    /// <summary>A clip that was deleted is shown to nobody any more.</summary>
    public async Task ClipGone(Guid clip, CancellationToken ct)
    {
        foreach (var row in await Standing(ct))
            if (row.Card.ClipId == clip) await End(row.Card.DrillId, new DrillCommand.Withdraw(DrillEnd.ClipGone, clock.GetUtcNow()), ct);
    }

    public async Task Tick(CancellationToken ct)
    {
        foreach (var row in await Standing(ct)) await Assess(row.Card.DrillId, ct);
        await clips.Sweep(ct);
    }

    /// <summary>What is due of one: it gives way, its clip is gone, somebody looks into the venue, nobody decided for too long, or its clip has come.</summary>
    public async Task Assess(Guid id, CancellationToken ct)
    {
        if (await Find(id, ct) is not Drill.Open { Card: var card }) return;
        var now = clock.GetUtcNow();
        var isGone = (await log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, card.ClipId), ct)).State is not KnownClip.Known { IsDeleted: false };
        await End(id, (isGone ? DrillEnd.ClipGone : await WhyNoMore(card, ct)) is { } because ? new DrillCommand.Withdraw(because, now) : new DrillCommand.Assess(now, rules), ct);
    }

    static readonly Refusal Missing = new("policeincident.blurred-clip-missing", "There is no blurred copy of this clip: it is still being made, or was erased.");

    Task<Answer> End(Guid id, DrillCommand command, CancellationToken ct) => Say(id, command, new(Guid.CreateVersion7(clock.GetUtcNow()), Actor), ct);

    /// <summary>The copy goes with the end of its drill. What is answered is where the incident would stand.</summary>
    async Task<Answer> Say(Guid id, DrillCommand command, Origin origin, CancellationToken ct, long? ifRevision = null)
    {
        var done = await log.Execute(Drill.Decider, id, command, origin, ct, ifRevision);
        if (await Find(id, CancellationToken.None) is not { } drill) return done;
        done = done with { Revision = drill.RevisionAt(clock.GetUtcNow(), alerts) };
        if (drill is not Drill.Over over) return done;
        clips.Erase(id);
        return done.Refusal is null && command is DrillCommand.Handle && over.Answer is { Answer: DrillAnswer.AskedForMore } ? Drill.WasATest : done;
    }

    async Task<Drill.Known?> Find(Guid id, CancellationToken ct) => (await log.Load(Drill.Decider, new(Drill.Decider.Category, id), ct)).State as Drill.Known;

    /// <summary>Those that are not over stand first.</summary>
    async Task<IReadOnlyList<DrillRow>> Standing(CancellationToken ct) => [.. (await views.List(DrillRow.View, null, Most, null, ct)).Items.TakeWhile(row => !row.IsOver)];
}
