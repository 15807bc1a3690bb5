using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Licences;

/// <summary>The act of an inspection is what a certificate may rest on: an application that waits for one is told of it, and takes that of the visit ordered for it.</summary>
public static class NoteActWhenInspectionEnds
{
    public static readonly Policy Policy = new("note-act-when-inspection-ends", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is InspectionEvent.ActIssued act
        ? [Reaction.Send(Licence.Decider, act.VenueId, new Licensing(act.VenueId, new LicenceCommand.NoteAct(act.InspectionId), null, recorded.RecordedAt))] : [];
}
