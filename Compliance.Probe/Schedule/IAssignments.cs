using Compliance.Domain.Probes;

namespace Compliance.Probe.Schedule;

/// <summary>
/// Who says which cameras this probe watches. What is watched follows it and nothing else in the probe knows where the list comes from, or who
/// else watches: today it is the API's list under its leases, and an engine that shares a nation among many probes would stand here too.
/// </summary>
internal interface IAssignments
{
    /// <summary>The whole list, each time it is another one: at the beginning, when it changes, and empty when this probe is sent away.</summary>
    IAsyncEnumerable<Assignments> Changes(CancellationToken ct);

    /// <summary>For how long nobody said that the newest list still holds; without end when there was none.</summary>
    TimeSpan Unconfirmed { get; }

    /// <summary>Somebody said that what we hold is not ours any more: the list is asked for at once.</summary>
    void Doubt();
}
