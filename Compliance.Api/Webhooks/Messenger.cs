using Compliance.Api.EventLog;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Webhooks;

namespace Compliance.Api.Webhooks;

/// <summary>
/// Follows the log and puts into the outbox what receivers are to be told, by who was registered then. Its place is saved after that, so after a crash some
/// is put in twice; the ids follow from the facts, and a second one changes nothing.
/// </summary>
sealed partial class Messenger(
    IEventLog log, IViewStore store, Outbox outbox, Courier courier, IssuerAddress address, WebhookRules rules, TimeProvider clock, ILogger<Messenger> logger) : BackgroundService
{
    const int MostFacts = 500;

    /// <summary>The name of its mark in the store; it has no rows.</summary>
    const string Mark = "webhooks";

    readonly Repeated _trouble = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Follow(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    async Task Follow(CancellationToken ct)
    {
        var mark = (await store.Marks(ct)).FirstOrDefault(mark => mark.View == Mark);
        if (mark is null || outbox.IsNew || !await log.Holds(mark, ct))
        {
            outbox.Begin();
            mark = new(Mark, 1, LogPosition.Start);
        }

        await foreach (var batch in log.Follow(mark.Position, ct).InBatches(MostFacts, clock, ct))
        {
            var put = false;
            foreach (var recorded in batch) put |= await Put(recorded, ct);
            if (batch is [.., var last]) await store.Save([new(new(Mark, 1, last.Position, MarkedFact.Of(last)), [], [])], ct);
            if (put) courier.Ring();
        }
    }

    /// <summary>True where somebody is to be told.</summary>
    async Task<bool> Put(Recorded recorded, CancellationToken ct)
    {
        if (recorded.Stream.Category == Receiver.Decider.Category) Note(EventCatalog.Decode(recorded));
        if (recorded.Stream.Category != Incident.Decider.Category || recorded.RecordedAt < clock.GetUtcNow() - TimeSpan.FromHours(rules.WorthHours)) return false;
        var receivers = outbox.Active();
        if (receivers.Count == 0 || EventCatalog.Decode(recorded) is not IncidentEvent fact || WebhookMessage.KindOf(fact) is not { } kind) return false;
        if (await Matter(recorded, ct) is not { } matter) return false;
        var told = receivers.Where(r => r.Kinds.Contains(kind) && (r.Districts.Count == 0 || r.Districts.Contains(matter.Card.District))).ToArray();
        if (told.Length == 0 || WebhookMessage.Of(fact, recorded, matter, new(address.Issuer, $"/incidents/{fact.IncidentId}/cap.xml"))?.Encode() is not { } body) return false;
        foreach (var receiver in told) outbox.Put(WebhookMessage.IdOf(recorded.EventId, receiver.ReceiverId), receiver.ReceiverId, fact.IncidentId, kind, body, clock.GetUtcNow());
        return true;
    }

    void Note(object? fact)
    {
        switch (fact)
        {
            case ReceiverEvent.Registered card: outbox.Keep(card); break;
            case ReceiverEvent.SwitchedOff f: outbox.Switch(f.ReceiverId, on: false, f.At); break;
            case ReceiverEvent.SwitchedOn f: outbox.Switch(f.ReceiverId, on: true, f.At); break;
            case ReceiverEvent.Removed f: outbox.Remove(f.ReceiverId); break;
        }
    }

    /// <summary>The incident up to this fact and not beyond it: what is told follows from the fact, whenever it is asked.</summary>
    async Task<IncidentMatter?> Matter(Recorded until, CancellationToken ct)
    {
        var state = Incident.Decider.Initial;
        await foreach (var recorded in log.Read(until.Stream, ct))
        {
            if (recorded.Revision > until.Revision) break;
            if (EventCatalog.Decode(recorded) is IncidentEvent fact) state = Incident.Decider.Evolve(state, fact);
        }

        return (state as Incident.Known)?.Matter;
    }

    [LoggerMessage(LogLevel.Error, "What receivers are to be told is not put together ({Times} times); trying again from the last fact that was")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
