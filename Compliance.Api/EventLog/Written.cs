using Compliance.Domain.Kernel;

namespace Compliance.Api.EventLog;

/// <summary>The place of the last fact that this process wrote, and nobody else writes: who has to miss nothing waits until his view shows it.</summary>
sealed class Written
{
    readonly Lock _gate = new();
    LogPosition _position;

    public LogPosition Position
    {
        get
        {
            lock (_gate) return _position;
        }
    }

    public void Reached(LogPosition position)
    {
        lock (_gate)
            if (position > _position) _position = position;
    }
}
