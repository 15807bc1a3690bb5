using Compliance.Api.Devices;
using Compliance.Api.Identity;
using Compliance.Api.Inspections;
using Compliance.Api.Venues;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Exports;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Exports;

/// <summary>The pictures that the facts of a venue name by their hashes, each as far as the reader's own doors show it to him.</summary>
sealed class FilePictures(PhotoStore photos, StillStore stills, PlanPictures plans, FileReader reader, Caller caller)
{
    /// <summary>Inspections in which an inspector was named: he sees the pictures of those and of no others.</summary>
    readonly HashSet<Guid> _walked = [];
    readonly List<(string Sha256, Guid Fact, PictureIs Is, Func<byte[]?> Open)> _named = [];

    public IReadOnlyList<(string Sha256, Guid Fact, PictureIs Is, Func<byte[]?> Open)> Named => _named;

    /// <summary>Takes note of what a fact names; the facts of a stream come in their order.</summary>
    public void Note(Recorded recorded)
    {
        if (recorded.Stream.Category is not ("inspection" or "duty" or "device" or "venue")) return;
        switch (EventCatalog.Decode(recorded))
        {
            case InspectionEvent.Scheduled card when card.Walkers.Contains(caller.Id): _walked.Add(card.InspectionId); break;
            case InspectionEvent.PhotoAttached { InspectionId: var visit, Photo.Sha256: var hash }:
                Add(hash, recorded, reader != FileReader.Inspector || _walked.Contains(visit), () => photos.Get(visit, hash));
                break;
            case DutyEvent.RepairShown { DutyId: var duty, PhotoHash: var hash }: Add(hash, recorded, true, () => photos.Get(duty, hash)); break;
            case VenueEvent.PlanDrawn { VenueId: var venue, Floors: var floors }: // each change of a plan names all its pictures again
                foreach (var sheet in floors.Select(f => f.Sheet).OfType<string>().Where(sheet => _named.All(known => known.Sha256 != sheet))) Add(sheet, recorded, true, () => plans.Get(venue, sheet));
                break;
            case DeviceEvent.StillKept { DeviceId: var device, KeptAt: var at, Sha256: var hash }: Add(hash, recorded, true, () => stills.Get(device, new(at, hash))); break;
        }
    }

    void Add(string hash, Recorded recorded, bool may, Func<byte[]?> open) => _named.Add((hash, recorded.EventId, may ? PictureIs.Here : PictureIs.NotForReader, open));
}
