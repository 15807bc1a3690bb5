using System.Collections.Concurrent;
using Compliance.Domain.Contacts;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Contacts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Hears the contacts of exits, whoever reads them, and tells how each stands when it turns.</summary>
internal sealed partial class ContactRounds(AssignedContacts assigned, Outbox outbox, ApiConnection api, TimeProvider clock, ILogger<ContactRounds> log)
    : Rounds("A round of the contacts", clock, log)
{
    readonly Lock _gate = new();
    readonly Dictionary<Guid, (ContactHeld Held, ContactState? Told)> _contacts = [];
    volatile bool _tellsAgain;

    public void TellAgain() => _tellsAgain = true;

    /// <summary>Every reading; one that changes nothing is the sign of life.</summary>
    public void Hear(ContactSeen seen)
    {
        if (!assigned.All.Any(contact => contact.DeviceId == seen.DeviceId)) return;
        lock (_gate)
        {
            var (held, told) = _contacts.GetValueOrDefault(seen.DeviceId, (ContactHeld.Begin(seen.At), null));
            _contacts[seen.DeviceId] = (ContactJudge.Hear(held, seen), told);
            if (seen.State != ContactState.Silent || told is not null) Tell(seen.DeviceId, seen.At, again: false);
        }
    }

    public void Round(DateTimeOffset now)
    {
        var (again, wanted) = (_tellsAgain, assigned.All.Select(contact => contact.DeviceId).ToHashSet());
        _tellsAgain = false;
        lock (_gate)
        {
            foreach (var gone in _contacts.Keys.Where(id => !wanted.Contains(id)).ToArray()) _contacts.Remove(gone);
            foreach (var (id, (held, told)) in _contacts.ToArray())
            {
                _contacts[id] = (ContactJudge.Pass(held, now), told);
                Tell(id, now, again);
            }
        }
    }

    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        Round(now);
        return Task.CompletedTask;
    }

    void Tell(Guid id, DateTimeOffset now, bool again)
    {
        var (held, told) = _contacts[id];
        if (held.State == told && !again) return;
        try
        {
            outbox.Tell([new ContactObserved(Guid.CreateVersion7(now), id, now, api.Clock, held.State, held.Since)]);
            _contacts[id] = (held, held.State);
            Holds(log, id, held.State, held.Since);
        }
        catch (Exception e) when (e is SpoolFull or SqliteException)
        {
            NoRoom(log, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Contact of exit {DeviceId}: {State} since {Since:O}")]
    static partial void Holds(ILogger log, Guid deviceId, ContactState state, DateTimeOffset since);

    [LoggerMessage(LogLevel.Error, "How a contact stands cannot be kept ({Why}); told in the next round")]
    static partial void NoRoom(ILogger log, string why);
}
