using System.Runtime.CompilerServices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>A row is another one since <paramref name="Position"/> (or gone); whoever shows it asks for it again.</summary>
sealed record ViewChange(string View, Guid Key, Guid? Group, LogPosition Position)
{
    /// <summary>Said instead of changes that are no longer known: ask for everything again, and go on from here.</summary>
    public static ViewChange Reset(LogPosition position) => new("", Guid.Empty, null, position);

    public bool IsReset => View == "";
}

/// <summary>
/// Tells any number of listeners of this process which rows changed, as soon as they are stored. The latest changes are kept,
/// so that a listener can come back; one that stays away or reads too slowly is told to start over.
/// </summary>
sealed class ViewChanges(int kept = 10_000)
{
    readonly Lock _gate = new();
    readonly List<ViewChange> _changes = [];
    long _dropped;
    LogPosition _floor;
    LogPosition _end;
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the views stand before the first change of this process. What was before is not known here, so listeners who were quicker start over.</summary>
    public void Begin(LogPosition position)
    {
        lock (_gate)
        {
            (_floor, _end) = (position, position);
            _dropped++;
            Grow();
        }
    }

    /// <param name="changes">In the order of their positions.</param>
    public void Publish(LogPosition position, IReadOnlyList<ViewChange> changes)
    {
        lock (_gate)
        {
            _end = position;
            _changes.AddRange(changes);
            // Half of it at once, so that dropping costs little per change.
            if (_changes.Count > kept * 2)
            {
                var excess = _changes.Count - kept;
                _floor = _changes[excess - 1].Position;
                _dropped += excess;
                _changes.RemoveRange(0, excess);
            }

            if (changes.Count > 0) Grow();
        }
    }

    void Grow()
    {
        _grown.SetResult();
        _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>
    /// Changes as they come; with <paramref name="last"/>, the position of the last change the listener has seen, first those
    /// it missed. Changes at that very position come again, for it may have seen only some of them.
    /// </summary>
    public async IAsyncEnumerable<ViewChange> Since(LogPosition? last, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = (long?)null; ;)
        {
            var (changes, grown) = Take(ref next, last);
            foreach (var change in changes) yield return change;
            if (changes.Length == 0) await grown.WaitAsync(ct);
        }
    }

    /// <summary>What came since the last time, without waiting; nothing the first time.</summary>
    /// <param name="next">The listener's place, null at the beginning; kept for the next time.</param>
    public IReadOnlyList<ViewChange> Take(ref long? next) => Take(ref next, null).Changes;

    /// <param name="next">The number of the change the listener takes next, counted from the first ever published; null at the beginning.</param>
    (ViewChange[] Changes, Task Grown) Take(ref long? next, LogPosition? last)
    {
        lock (_gate)
        {
            var lost = next is null ? last <= _floor : next < _dropped;
            var from = lost ? _changes.Count
                : next is { } number ? (int)(number - _dropped)
                : last is null ? _changes.Count
                : _changes.FindIndex(change => change.Position >= last) is >= 0 and var index ? index : _changes.Count;
            next = _dropped + _changes.Count;
            return (lost ? [ViewChange.Reset(_end)] : [.. _changes.Skip(from)], _grown.Task);
        }
    }
}
