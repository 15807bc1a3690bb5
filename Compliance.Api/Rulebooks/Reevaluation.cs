using Compliance.Api.EventLog;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Guards;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Panels;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Rulebooks;

/// <summary>
/// Asks the rules of a venue soon after its facts changed, and of every venue after a start, when a rulebook changed and every night, for papers end
/// and windows move without a fact. What is as the record holds it writes nothing; a venue that fails holds up no other.
/// </summary>
sealed partial class Reevaluation(
    IEventLog log, IViewStore views, ViewChanges changes, VenueStreams streams, Library library, TimeProvider clock, ILogger<Reevaluation> logger) : IDisposable
{
    const string Actor = "reaction:re-evaluate-rules";

    /// <summary>So long may one tick take; what is left waits for the next, so that other rules about time are not held up.</summary>
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>Views whose rows turn when something is learned of a venue.</summary>
    static readonly HashSet<string> Telling = [VenueCard.View.Name, DeviceCard.View.Name, OutageRow.View.Name, DutyRow.View.Name, MaintenanceRow.View.Name, InspectionRow.View.Name,
        PanelCard.View.Name, ContactCard.View.Name, GuardingCard.View.Name, ShiftSheet.View.Name, BookRow.View.Name];

    readonly SemaphoreSlim _asking = new(1);
    readonly HashSet<Guid> _waiting = [];
    readonly Repeated _troubles = new(clock);
    long? _heard;
    bool _all = true;

    public void Dispose() => _asking.Dispose();

    /// <summary>The prompted one.</summary>
    public async Task Tick(CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        try
        {
            var news = changes.Take(ref _heard);
            _waiting.UnionWith(news.Where(change => Telling.Contains(change.View)).Select(change => change.Group ?? change.Key));
            _all |= news.Any(change => change.IsReset || change.View == RulebookRow.View.Name);
            if (_all) _waiting.UnionWith((await views.All(VenueCard.View, null, ct)).Select(venue => venue.VenueId));
            _all = false;
            var began = clock.GetTimestamp();
            foreach (var venue in _waiting.ToArray())
            {
                if (clock.GetElapsedTime(began) > Turn) return;
                if (await Asked(venue, ct)) _waiting.Remove(venue);
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The nightly one: every venue is asked again by the ticks to come.</summary>
    public async Task AskAll(CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        _all = true;
        _asking.Release();
    }

    /// <summary>False when it could not be asked, and has to be asked again.</summary>
    async Task<bool> Asked(Guid venue, CancellationToken ct)
    {
        try
        {
            if (await views.Find(VenueCard.View, venue, ct) is not { ClosedBecause: null }) return true;
            var now = clock.GetUtcNow();
            if (await library.InForce(RulebookShelf.Usual, now, ct) is not { } bound) return true;
            if (FactSheet.Of(venue, now, await streams.Of(venue, ct)) is not { } facts) return true;
            await log.Execute(
                ComplianceRecord.Decider, venue, new ComplianceCommand.Keep(VenueCompliance.Of(facts, bound.Book, bound.Hash)), new(Guid.CreateVersion7(now), Actor), ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _troubles.Tell(times => Failed(logger, e, venue, times));
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The rules could not be asked of venue {Venue} ({Times} times, all venues counted); it is asked again")]
    static partial void Failed(ILogger logger, Exception e, Guid venue, int times);
}
