using Compliance.Domain.Kernel;

namespace Compliance.Domain.Probes;

/// <summary>
/// Through which probe a panel or a contact speaks. It has one holder, and the first that hears it is that; whatever another hears of it counts too,
/// for an alarm is an alarm whoever brings it. Silence counts from the holder alone, and only while no other probe hears it.
/// </summary>
/// <param name="Probe">Who tells.</param>
/// <param name="HolderHears">Whoever holds it hears it, as far as is known.</param>
/// <param name="Other">Another probe than the holder that hears it; null when there is none.</param>
public sealed record Hearing(Guid Probe, bool HolderHears = false, Guid? Other = null)
{
    public static readonly Refusal HeardElsewhere = new("panel.heard-elsewhere", "It speaks through another probe: that this one does not hear it says nothing.");

    /// <summary>Who holds it after this probe heard it.</summary>
    public Guid? AfterHeard(Guid? holder) => holder is not null && HolderHears ? holder : Probe;

    /// <summary>Who holds it after this probe said that nothing comes; null when its word says nothing.</summary>
    public Guid? AfterSilence(Guid? holder) => holder is null ? Other ?? Probe : holder != Probe ? null : Other ?? Probe;
}
