using Compliance.Api.Entrance;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Detectors;

/// <summary>The authority takes a basis back, with grounds: the box hears of it with its next list, and its detector stops.</summary>
static class Withdraw
{
    public static async Task<Answer> Handle(Guid venueId, Guid basisId, DetectorBasisCommand.Withdraw body, Knock knock, Beginnings beginnings, TimeProvider clock) =>
        (await beginnings.Of(new(DetectorBasis.Decider.Category, basisId), knock.Ct))?.Fact is DetectorBasisEvent.Granted card && card.VenueId == venueId
            ? await knock.Send(DetectorBasis.Decider, basisId, body with { At = clock.GetUtcNow() })
            : new Refusal("detectorbasis.unknown", "There is no such basis.");
}
