using Compliance.Api.Drills;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Api.Subjects;
using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Devices;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.Alerts;

/// <summary>What a desk is shown: the queue, one incident, what was held back, and how the desk stands.</summary>
sealed class Queue(IViewStore views, Writings writings, DrillDesk drills, AlertRules rules, TimeProvider clock)
{
    /// <summary>So many hours of each desk are counted.</summary>
    const int Hours = 24;

    /// <summary>A witness visits every few minutes at most; views are milliseconds behind their log.</summary>
    static readonly TimeSpan WitnessPatience = TimeSpan.FromMinutes(15), ViewPatience = TimeSpan.FromSeconds(5);

    /// <param name="district">Whose desk; all of them where none is named.</param>
    /// <param name="open">Only what is not over, which stands first.</param>
    public static async Task<Page<IncidentLine>> List([AsParameters] Paging paging, string? district, bool? open, Caller caller, Queue queue, IViewStore views, CancellationToken ct)
    {
        var isOver = false;
        var page = await paging.Where(
            (limit, after) => views.List(IncidentCard.View, null, limit, after, ct),
            async card => (isOver |= card.IsOver) && open == true || !IsOf(card, district, caller) ? null : await queue.Line(card, IncidentLine.Newest, ct));
        if (paging.After is null && caller.Is(DrillDesk.Tried)) page = page with { Items = await queue.WithDrills(page.Items, district, ct) };
        return open == true && isOver ? page with { Next = null } : page;
    }

    public static async Task<Shown<IncidentLine>> Show(Guid incidentId, Caller caller, Queue queue, IViewStore views, CancellationToken ct) =>
        await views.Find(IncidentCard.View, incidentId, ct) is { } card ? new(await queue.Line(card, int.MaxValue, ct), card.Revision)
        : caller.Is(DrillDesk.Tried) && await views.Find(DrillRow.View, incidentId, ct) is { } drill && await queue.Line(drill, caller.Id, ct) is { } line ? new(line, line.Card.Revision) : new(null);

    /// <summary>What stands on the desk as a drill, where an incident would stand.</summary>
    async Task<IReadOnlyList<IncidentLine>> WithDrills(IReadOnlyList<IncidentLine> lines, string? district, CancellationToken ct)
    {
        var among = new List<IncidentLine>(lines);
        foreach (var row in await drills.Shown(district, ct))
            if (await Line(row, Guid.Empty, ct) is { } line) among.Add(line);
        return among.Count == lines.Count ? lines : [.. among.OrderBy(line => IncidentCard.View.SortOf(line.Card), StringComparer.Ordinal)];
    }

    /// <summary>What no desk was called for stands first; the list ends where it does.</summary>
    public static async Task<Page<HeldBackAlert>> HeldBack([AsParameters] Paging paging, Queue queue, IViewStore views, CancellationToken ct)
    {
        var page = await views.List(AlertRow.View, null, paging.Size, paging.After, ct);
        var held = page.Items.TakeWhile(row => row.IsHeldBack).ToArray();
        var shown = new List<HeldBackAlert>(held.Length);
        foreach (var row in held)
            if (await views.Find(VenueCard.View, row.VenueId, ct) is { Details: var d }) shown.Add(new(await queue.Seen(row, ct), d.NameKk, d.NameRu, d.District));
        return new(shown, held.Length < page.Items.Count ? null : page.Next);
    }

    public static async Task<DeskCounts> Counts(string? district, Caller caller, DrillDesk drills, LookedAt looked, IViewStore views, Presence presence, ViewProgress progress, TreeStore tree, LogIdentity log, TimeProvider clock, CancellationToken ct)
    {
        var (untaken, inHand) = (0, 0);
        await foreach (var card in views.From(IncidentCard.View, ct))
        {
            if (card.IsOver) break;
            if (!IsOf(card, district, caller)) continue;
            if (card.Stage == IncidentStage.New) untaken++;
            else inHand++;
        }

        if (caller.Is(DrillDesk.Tried))
        {
            looked.Note(district);
            foreach (var row in await drills.Shown(district, ct))
                if (row.StandsFor.Stage == IncidentStage.New) untaken++;
                else inHand++;
        }

        var candidates = 0;
        await foreach (var row in views.From(FaceCandidateRow.View, ct))
        {
            if (row.IsOver) break;
            candidates++;
        }

        var hours = (await views.List(DeskHour.View, null, Hours * Domain.Venues.District.OfAlmaty.Count, null, ct)).Items.Where(hour => district is null || hour.District == district).ToArray();
        var boxes = await views.All(ProbeCard.View, null, ct);
        var late = boxes.Count(probe => probe.Silent || probe.Blind);
        var unwitnessed = log.Witnesses.Count > 0 && tree.UnwitnessedSince() is { } since && clock.GetUtcNow() - since > WitnessPatience ? since : (DateTimeOffset?)null;
        return new(untaken, inHand, Math.Max(0, hours.Sum(hour => hour.HeldBack - hour.Fetched)), late, [.. hours.Take(Hours)])
        {
            SheddingProbes = boxes.Count(box => !box.Silent && presence.BeatOf(box.ProbeId)?.Health?.Eyes is { LeftOut: > 0 }), UnwitnessedSince = unwitnessed, ViewsBehind = progress.IsBehind(ViewPatience), Candidates = candidates,
        };
    }

    /// <summary>What came to the shift lead stands before him whatever district he looks at.</summary>
    static bool IsOf(IncidentCard card, string? district, Caller caller) => district is null || card.Desks.Contains(district) || (card.WithLead && caller.Is(Who.Supervisor));

    async Task<IncidentLine?> Line(IncidentCard card, int most, CancellationToken ct)
    {
        if (await views.Find(VenueCard.View, card.VenueId, ct) is not { Details: var d }) return null;
        var told = card.Alerts.OrderByDescending(a => a.Kind.Urgency() == Urgency.Critical).ThenByDescending(a => a.SeenFrom).Take(most).OrderByDescending(a => a.SeenFrom).ToArray();
        var alerts = new List<AlertSeen>(told.Length);
        foreach (var gathered in told)
            if (await views.Find(AlertRow.View, gathered.AlertId, ct) is { } row) alerts.Add(await Seen(row, ct));
        return new(card.Said is { } said ? card with { Grounds = writings.Find(said) } : card, d.NameKk, d.NameRu, d.Address, d.District, alerts) { Position = d.Position, More = card.Alerts.Count - told.Length };
    }

    /// <summary>A drill as the incident it would be; once it is over it says what it was, and whose it was to nobody but him.</summary>
    async Task<IncidentLine?> Line(DrillRow row, Guid reader, CancellationToken ct)
    {
        if (await views.Find(VenueCard.View, row.Card.VenueId, ct) is not { Details: var d }) return null;
        var (card, test) = (row.AsCard(clock.GetUtcNow(), rules), DrillTold.Of(row, reader));
        if (row.EndedAt is { } at)
            card = card with { Stage = IncidentStage.Closed, StageAt = at, ChangedAt = at, By = row.Decided?.By == reader ? reader : null, Views = [], Instants = row.Decided?.By == reader ? card.Instants : [] };
        return new(card, d.NameKk, d.NameRu, d.Address, d.District, [await Seen(row.AsAlert(), ct)]) { Position = d.Position, Test = test };
    }

    async Task<AlertSeen> Seen(AlertRow row, CancellationToken ct)
    {
        var device = row.DeviceId is { } id ? await views.Find(DeviceCard.View, id, ct) : null;
        return new(row, device?.Spec.PlaceKk, device?.Spec.PlaceRu, device?.Spec.Kind) { Panic = row.Kind == AlertKind.PanicButton ? (await views.Find(PanicRow.View, row.AlertId, ct))?.Way : null };
    }
}
