using System.Net;
using System.Net.Sockets;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Outages;

/// <summary>
/// Asks on a tick what fails together (<see cref="Correlation"/>), and lets each group know what belongs to it. It compares what is with what
/// should be: nothing is said twice, and a missed tick is made up by the next. While nothing turned it asks nothing.
/// </summary>
sealed class OutageGroups(IEventLog log, IViewStore views, ViewChanges changes, ViewProgress progress, CorrelationRules rules, TimeProvider clock) : IDisposable
{
    const string Actor = "reaction:gather-outages-with-a-common-cause";
    const int AtOnce = 200;

    static readonly string[] Concerning = [OutageRow.View.Name, OutageGroupRow.View.Name, ProbeCard.View.Name, PanelCard.View.Name];

    readonly SemaphoreSlim _ticking = new(1);
    bool _hasAsked;
    long? _heard;

    public static async Task<Page<OutageGroupRow>> List([AsParameters] Paging paging, Guid? venue, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct)
    {
        var mine = await own.Of(caller, ct);
        return await views.List(OutageGroupRow.View, venue is { } one ? mine?.Contains(one) == false ? [] : [one] : mine, paging.Size, paging.After, ct);
    }

    public void Dispose() => _ticking.Dispose();

    public async Task Tick(CancellationToken ct)
    {
        await _ticking.WaitAsync(ct);
        try
        {
            await Ask(ct);
        }
        finally
        {
            _ticking.Release();
        }
    }

    async Task Ask(CancellationToken ct)
    {
        var news = changes.Take(ref _heard);
        if (_hasAsked && !news.Any(change => change.IsReset || Concerning.Contains(change.View))) return;
        _hasAsked = false; // until it is through
        var groups = await Lately(ct);
        var rows = await Rows(groups, ct);
        if (rows.Count > 0 && await Tell(groups, rows, ct) is { } written) await progress.WaitFor(written, TimeSpan.FromSeconds(5), ct);
        _hasAsked = true;
    }

    async Task<LogPosition?> Tell(IReadOnlyList<OutageGroupRow> groups, Dictionary<Guid, OutageRow> rows, CancellationToken ct)
    {
        LogPosition? written = null;
        var known = groups.ToDictionary(g => g.GroupId);
        foreach (var found in Correlation.Of(await Scene(groups, rows.Values, ct), rules))
        {
            var last = found.EndedAt is null ? null : found.Members.Select(m => rows.GetValueOrDefault(m.OutageId)).OfType<OutageRow>().MaxBy(row => row.EndedAt);
            var assess = new OutageGroupCommand.Assess(found, last?.DutyEndedBecause, clock.GetUtcNow());
            if (known.GetValueOrDefault(found.GroupId) is { } row && OutageGroup.Decider.Decide(row.State, assess).Events.Count == 0) continue;
            var done = await log.Execute(OutageGroup.Decider, found.GroupId, assess, new(Guid.CreateVersion7(clock.GetUtcNow()), Actor), ct);
            if (written is not { } before || before < done.Position) written = done.Position;
        }

        return written;
    }

    /// <summary>The groups that run, and those that ended so lately that a device may still flap.</summary>
    async Task<IReadOnlyList<OutageGroupRow>> Lately(CancellationToken ct)
    {
        var (lately, since) = (new List<OutageGroupRow>(), clock.GetUtcNow() - rules.Flaps - TimeSpan.FromHours(1));
        for (Page<OutageGroupRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(OutageGroupRow.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.EndedAt < since) return lately;
                lately.Add(row);
            }
        }

        return lately;
    }

    /// <summary>The outages that run, and those of the groups.</summary>
    async Task<Dictionary<Guid, OutageRow>> Rows(IReadOnlyList<OutageGroupRow> groups, CancellationToken ct)
    {
        var (rows, members) = (new Dictionary<Guid, OutageRow>(), groups.SelectMany(g => g.Members).Select(m => m.OutageId).ToHashSet());
        await foreach (var row in views.Open(ct))
            if (CommonCauses.IsGrouped(row.Kind, row.Verdict) || members.Contains(row.OutageId)) rows[row.OutageId] = row;
        foreach (var id in members.Where(id => !rows.ContainsKey(id)))
            if (await views.Find(OutageRow.View, id, ct) is { } row) rows[id] = row;
        return rows;
    }

    async Task<CorrelationScene> Scene(IReadOnlyList<OutageGroupRow> groups, IReadOnlyCollection<OutageRow> rows, CancellationToken ct)
    {
        var here = rows.Select(row => row.VenueId).ToHashSet();
        var probes = await views.All(ProbeCard.View, null, ct);
        var watching = probes.SelectMany(probe => probe.Venues.Select(venue => (venue, probe.ProbeId))).GroupBy(x => x.venue).ToDictionary(g => g.Key, g => g.First().ProbeId);
        var panels = (await views.All(PanelCard.View, here, ct)).ToDictionary(card => card.PanelId);
        return new(
            [.. rows.Select(row => new FailedDevice(row.OutageId, row.DeviceId, row.VenueId, row.Verdict, row.DarkSince ?? row.StartedAt, row.EndedAt, row.IsContradicted))],
            [.. (await views.All(DeviceCard.View, here, ct)).Select(card => new KnownDevice(
                card.DeviceId, card.VenueId, card.Spec.Kind, HostOf(card), card.SaidBy, Answers(card, panels.GetValueOrDefault(card.DeviceId))))],
            [.. (await views.All(VenueCard.View, null, ct)).Where(card => card.ClosedBecause is null).Select(card => Known(card, watching, panels.Values))],
            [.. probes.SelectMany(Blind)],
            [.. groups.Select(g => new KnownGroup(g.GroupId, g.VenueId, g.Members, g.EndedAt))]);
    }

    static KnownVenue Known(VenueCard card, Dictionary<Guid, Guid> watching, IEnumerable<PanelCard> panels)
    {
        var cameras = card.Devices.Values.Where(d => d.Kind == DeviceKind.Camera && d.Verdict.Availability() != Availability.Unknown).ToArray();
        var mains = panels.Where(p => p.VenueId == card.VenueId).SelectMany(p => p.Held).FirstOrDefault(h => h.Signal == PanelSignal.Mains);
        return new(card.VenueId, card.Details.District, card.Provider is { Length: > 0 } provider ? provider : null, cameras.Length, cameras.Count(d => d.Verdict.BringsNoPicture()),
            watching.TryGetValue(card.VenueId, out var probe) ? probe : null, mains?.Since);
    }

    /// <summary>An alarm is heard only over its panel; an exit tells nothing of lines.</summary>
    static bool Answers(DeviceCard card, PanelCard? panel) => card.Spec switch
    {
        CameraSpec => card.Verdict.Availability() != Availability.Unknown && !card.Verdict.IsDark(),
        FireAlarmSpec => panel is { State.Link: PanelLink.Up },
        _ => false,
    };

    static IEnumerable<BlindTime> Blind(ProbeCard card)
    {
        if (card.BlindSince is { } blind) yield return new(card.ProbeId, blind, card.BlindUntil);
        if (card.SilentSince is { } silent) yield return new(card.ProbeId, silent, null);
    }

    /// <summary>Cameras of one name, or of one network of 256 addresses, stand behind one recorder. It is compared here and told nobody.</summary>
    internal static string? HostOf(DeviceCard card)
    {
        if (card.Spec is not CameraSpec { Feed.Main: var address }) return null;
        if (!IPAddress.TryParse(address.DnsSafeHost, out var ip)) return address.DnsSafeHost.ToLowerInvariant();
        var bytes = ip.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, ip.AddressFamily == AddressFamily.InterNetwork ? 3 : 8));
    }
}
