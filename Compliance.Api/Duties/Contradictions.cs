using Compliance.Api.Rulebooks;
using Compliance.Api.Venues;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Duties;

/// <summary>
/// What still says that a duty is unmet, whatever a picture shows: the panel of an alarm or the contact of an exit, and a rule that fails by
/// what is measured. Of what an act ordered only a device that speaks now counts: an inspector looks at the rest again.
/// </summary>
sealed class Contradictions(IEventLog log, Library library, VenueStreams streams, TimeProvider clock)
{
    /// <summary>Rules that say how a device is at this moment.</summary>
    static readonly string[] OfNow = [DutyTerms.Of(DeviceKind.FireAlarm).Matter.RuleId!, DutyTerms.Of(DeviceKind.Exit).Matter.RuleId!];

    public async Task<SaysOtherwise?> Of(Guid dutyId, CancellationToken ct) =>
        (await log.Load(Duty.Decider, new("duty", dutyId), ct)).State is not Duty.Owed { Card: var card } ? null : card switch
        {
            { Source: DutySource.OfOutage { Kind: not DeviceKind.Camera, DeviceId: var device } } => await IsBroken(device, ct) ? SaysOtherwise.Device : null,
            { Source: DutySource.OfRule(var book, var version), Matter.RuleId: { } rule } => await Fails(card.VenueId, await library.Find(book, version, ct), rule, ct) ? SaysOtherwise.Rule : null,
            { Source: DutySource.OfFinding, Matter.RuleId: { } rule } when OfNow.Contains(rule) =>
                await Fails(card.VenueId, await library.InForce(RulebookShelf.Usual, clock.GetUtcNow(), ct), rule, ct) ? SaysOtherwise.Rule : null,
            _ => null,
        };

    async Task<bool> IsBroken(Guid device, CancellationToken ct) =>
        (await log.Load(Panel.Decider, new("panel", device), ct)).State is Panel.Live { Worth.Verdict: not Verdict.Ready }
        || (await log.Load(Contact.Decider, new("contact", device), ct)).State is Contact.Live { State: not ContactState.Free };

    async Task<bool> Fails(Guid venue, Bound? bound, string ruleId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return bound is not null && FactSheet.Of(venue, now, await streams.Of(venue, ct)) is { } facts
            && VenueCompliance.Of(facts, bound.Book, bound.Hash).Rules.FirstOrDefault(rule => rule.RuleId == ruleId) is { Outcome: Outcome.Fail } failed
            && failed.Grounds.Any(ground => ground is { Outcome: Outcome.Fail, From: Provenance.Measured });
    }
}
