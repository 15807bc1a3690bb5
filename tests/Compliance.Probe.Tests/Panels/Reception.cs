using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Panels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Panels;

/// <summary>A reception with a plain panel (1234) and an encrypted one (AAB1), and what it kept.</summary>
sealed class Reception : IDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(n => (byte)n)];
    public static readonly AssignedPanel Plain = new(new(1, 0, 0, new byte[8]), Guid.Empty, "1234", null, "127.0.0.0/8", 60);
    public static readonly AssignedPanel Encrypted = new(new(2, 0, 0, new byte[8]), Guid.Empty, "AAB1", Convert.ToHexString(Key), null, 60);

    public Reception()
    {
        Enrolled.Follow([Plain, Encrypted]);
        It = new(Enrolled, Keep, Counts, Clock, NullLogger<PanelReception>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    public EnrolledPanels Enrolled { get; } = new();
    public PanelCounts Counts { get; } = new();
    public PanelReception It { get; }
    public List<(Guid DeviceId, PanelMessage Message)> Kept { get; } = [];
    public bool IsFull { get; set; }

    /// <summary>What was said, without polls and repetitions.</summary>
    public IEnumerable<PanelSaid> Said
    {
        get { lock (Kept) return [.. Kept.SelectMany(k => k.Message.Said)]; }
    }

    public void Dispose() => Counts.Dispose();

    bool Keep(EnrolledPanel panel, PanelMessage message)
    {
        if (IsFull) return false;
        lock (Kept) Kept.Add((panel.Assigned.DeviceId, message));
        return true;
    }
}
