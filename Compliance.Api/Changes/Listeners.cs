using System.Collections.Concurrent;
using Compliance.Api.Entrance;

namespace Compliance.Api.Changes;

/// <summary>Who listens to changes now. A connection that stays open is worth more than a request: each person has some, all together have many.</summary>
sealed class Listeners(RateLimits limits)
{
    readonly ConcurrentDictionary<Guid, int> _of = [];
    int _all;

    /// <summary>A place to listen from, given back when it is disposed of; or the answer why there is none.</summary>
    public (IDisposable? Place, IResult? Instead) Sit(Guid subject)
    {
        if (Interlocked.Increment(ref _all) > limits.Listeners)
        {
            Interlocked.Decrement(ref _all);
            return (null, Problems.Busy(retryAfterSeconds: 30));
        }

        var place = new Place(this, subject);
        if (_of.AddOrUpdate(subject, 1, (_, seats) => seats + 1) <= limits.ListenersOfOne) return (place, null);
        place.Dispose();
        return (null, Problems.TooMany("You listen from too many places already; close some.", retryAfterSeconds: 30));
    }

    void Leave(Guid subject)
    {
        Interlocked.Decrement(ref _all);
        if (_of.AddOrUpdate(subject, 0, (_, seats) => seats - 1) == 0) _of.TryRemove(new(subject, 0));
    }

    sealed class Place(Listeners listeners, Guid subject) : IDisposable
    {
        int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) listeners.Leave(subject);
        }
    }
}
