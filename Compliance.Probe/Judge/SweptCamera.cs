using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Judge;

/// <summary>One camera that is looked at now and then, and what is held true of it. Pure but for its own memory; one look at a time.</summary>
internal sealed class SweptCamera(AssignedCamera assigned, DateTimeOffset begun)
{
    readonly Lock _gate = new();
    Streak _streak = Streak.None;
    ReasonShift _shift = ReasonShift.None;
    int _bad;
    bool _isNews;

    /// <summary>The last look that bore out what is told.</summary>
    DateTimeOffset _borneOut = begun;

    /// <summary>The first bad look since the last good one; a look in our own blindness says nothing, and what came before it is not held either.</summary>
    DateTimeOffset? _firstBad;

    /// <summary>Its calibration may turn while it is watched; nothing else does.</summary>
    public AssignedCamera Assigned { get; set; } = assigned;

    /// <summary>When it is due, by the clock that only ticks; never while it is being looked at. Belongs to the <see cref="Sweep"/> alone.</summary>
    public TimeSpan NextLook { get; set; } = TimeSpan.MaxValue;

    public Held Told { get; private set; } = new(Verdict.Unknown, begun, Detail.Of(Reason.WatchingBegan));

    public Measured? Measured { get; private set; }

    /// <summary>When it was looked at last, and whether that was a good look; null before the first.</summary>
    public (DateTimeOffset At, bool Good)? Last { get; private set; }

    /// <summary>What it would be held against the probe with: was well until now, and the newest look failed.</summary>
    public bool IsInDoubt => Last is { Good: false } && Told.Verdict.Availability() == Availability.Up;

    /// <param name="agreeing">So many looks in a row have to find the same before something bad is held, or two more than that have to be bad in any way; one good look ends it.</param>
    /// <param name="blind">We could not see: a bad look says nothing.</param>
    /// <returns>Whether the next look may wait a whole period.</returns>
    public bool Hear(Checked found, DateTimeOffset at, int agreeing, bool blind)
    {
        lock (_gate)
        {
            if (found.Doubted) return false;
            var isGood = found.Verdict == Verdict.Online;
            Last = (at, isGood);
            if (!isGood && blind)
            {
                (_firstBad, _streak, _bad) = (null, Streak.None, 0);
                return false;
            }

            _streak = _streak.Add(found.Verdict, at);
            _bad = isGood ? 0 : _bad + 1;
            _firstBad = isGood ? null : _firstBad ?? at;
            var isMixed = _bad >= agreeing + 2 && Told.Verdict.Availability() != Availability.Down;
            var holds = isGood || _streak.Count >= agreeing || isMixed;
            if (holds && found.Verdict != Told.Verdict)
                (Told, Measured, _isNews, _shift) = (Turned(found, at), found.Measured, true, ReasonShift.None);
            else if (found.Verdict != Told.Verdict) _shift = _shift with { Cause = null };
            else if (holds && !isGood) Reconsider(new(found.Verdict, at, found.Detail, found.Answer), at);
            if (found.Verdict.Availability() == Told.Verdict.Availability()) _borneOut = at;
            return holds;
        }
    }

    void Reconsider(Held held, DateTimeOffset at)
    {
        _shift = _shift.Hear(Told, held, at);
        if (_shift.IsDue(at)) (Told, _shift, _isNews) = (_shift.Apply(Told, held), _shift.Told, true);
    }

    /// <summary>It holds since the first look that found it. What was between that and the last look that bore out the contrary nobody knows.</summary>
    Held Turned(Checked found, DateTimeOffset at)
    {
        var (before, isGood) = (Told.Verdict.Availability(), found.Verdict == Verdict.Online);
        var since = isGood ? at : before == Availability.Down ? _streak.Since : _firstBad ?? at;
        return new(found.Verdict, since, found.Detail, found.Answer)
        {
            UnseenSince = before == Availability.Unknown || before == found.Verdict.Availability() ? null : _borneOut,
        };
    }

    /// <summary>What is to be told: what turned since the last time, or with <paramref name="again"/> what is held anyway; null for nothing.</summary>
    public Held? TakeNews(bool again)
    {
        lock (_gate)
        {
            var isNews = _isNews || (again && Told.Verdict.Availability() != Availability.Unknown);
            _isNews = false;
            return isNews ? Told : null;
        }
    }
}
