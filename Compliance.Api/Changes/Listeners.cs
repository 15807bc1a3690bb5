using System.Collections.Concurrent;
using Compliance.Api.Entrance;

namespace Compliance.Api.Changes;

/// <summary>Who listens to changes now. A connection that stays open is worth more than a request: each person has some, all together have many.</summary>
sealed class Listeners(RateLimits limits)
{
    readonly ConcurrentDictionary<Guid, int> _of = [];
    int _all, _officers;

    /// <summary>Connections of officers now: while there is none, no desk is told of anything.</summary>
    public int Officers => Volatile.Read(ref _officers);

    /// <summary>A place to listen from, given back when it is disposed of; or the answer why there is none.</summary>
    public (IDisposable? Place, IResult? Instead) Sit(Guid subject, bool isOfficer = false)
    {
        if (Interlocked.Increment(ref _all) > limits.Listeners)
        {
            Interlocked.Decrement(ref _all);
            return (null, Problems.Busy(retryAfterSeconds: 30));
        }

        if (isOfficer) Interlocked.Increment(ref _officers);
        var place = new Place(this, subject, isOfficer);
        if (_of.AddOrUpdate(subject, 1, (_, seats) => seats + 1) <= limits.ListenersOfOne) return (place, null);
        place.Dispose();
        return (null, Problems.TooMany("You listen from too many places already; close some.", retryAfterSeconds: 30));
    }

    void Leave(Guid subject, bool isOfficer)
    {
        if (isOfficer) Interlocked.Decrement(ref _officers);
        Interlocked.Decrement(ref _all);
        if (_of.AddOrUpdate(subject, 0, (_, seats) => seats - 1) == 0) _of.TryRemove(new(subject, 0));
    }

    sealed class Place(Listeners listeners, Guid subject, bool isOfficer) : IDisposable
    {
        int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) listeners.Leave(subject, isOfficer);
        }
    }
}
