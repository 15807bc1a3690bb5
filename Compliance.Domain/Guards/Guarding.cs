using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Guards;

/// <summary>Facts about who guards a venue: the contract with a security firm, and the guards on its roster.</summary>
public abstract record GuardingEvent(Guid VenueId)
{
    [EventName("guarding.contract-signed.v1")]
    public sealed record ContractSigned(Guid VenueId, SecurityContract Contract) : GuardingEvent(VenueId);

    /// <summary>The firm's licence was renewed, or became another.</summary>
    [EventName("guarding.licence-recorded.v1")]
    public sealed record LicenceRecorded(Guid VenueId, Guid ContractId, FirmLicence Licence) : GuardingEvent(VenueId);

    [EventName("guarding.contract-ended.v1")]
    public sealed record ContractEnded(Guid VenueId, Guid ContractId, DateOnly On) : GuardingEvent(VenueId);

    [EventName("guarding.guard-rostered.v1")]
    public sealed record GuardRostered(Guid VenueId, Guid GuardId, int Number, DateOnly CertificateUntil) : GuardingEvent(VenueId);

    [EventName("guarding.certificate-recorded.v1")]
    public sealed record CertificateRecorded(Guid VenueId, Guid GuardId, DateOnly CertificateUntil) : GuardingEvent(VenueId);

    /// <summary>Somebody else gave the guard a PIN: until he chooses his own, two know it.</summary>
    [EventName("guarding.pin-given.v1")]
    public sealed record PinGiven(Guid VenueId, Guid GuardId) : GuardingEvent(VenueId);

    [EventName("guarding.pin-chosen.v1")]
    public sealed record PinChosen(Guid VenueId, Guid GuardId) : GuardingEvent(VenueId);

    [EventName("guarding.guard-removed.v1")]
    public sealed record GuardRemoved(Guid VenueId, Guid GuardId, DateOnly On) : GuardingEvent(VenueId);

    /// <summary>The guards' post is reached by a telephone; its number may be a person's and stands in the vault under this id.</summary>
    [EventName("guarding.post-telephone-named.v1")]
    public sealed record PostTelephoneNamed(Guid VenueId, Guid TelephoneId) : GuardingEvent(VenueId);

    [EventName("guarding.post-telephone-removed.v1")]
    public sealed record PostTelephoneRemoved(Guid VenueId, Guid TelephoneId) : GuardingEvent(VenueId);
}

public abstract record GuardingCommand
{
    public sealed record SignContract(SecurityContract Contract, [property: JsonIgnore] Guid VenueId = default, [property: JsonIgnore] DateOnly Today = default) : GuardingCommand;
    public sealed record RecordLicence(Guid ContractId, FirmLicence Licence, [property: JsonIgnore] DateOnly Today = default) : GuardingCommand;
    public sealed record EndContract(Guid ContractId, DateOnly On) : GuardingCommand;
    public sealed record Roster(Guid GuardId, DateOnly CertificateUntil, [property: JsonIgnore] DateOnly Today = default) : GuardingCommand;
    public sealed record RecordCertificate(Guid GuardId, DateOnly CertificateUntil, [property: JsonIgnore] DateOnly Today = default) : GuardingCommand;
    public sealed record GivePin(Guid GuardId) : GuardingCommand;
    public sealed record ChoosePin(Guid GuardId) : GuardingCommand;
    public sealed record RemoveGuard(Guid GuardId, DateOnly On) : GuardingCommand;
    public sealed record NamePostTelephone(Guid VenueId, Guid TelephoneId) : GuardingCommand;
    public sealed record RemovePostTelephone : GuardingCommand;
}

/// <summary>A venue has one security firm at a time; its guards are rostered under numbers that are never given twice.</summary>
public abstract record Guarding
{
    public sealed record Unknown : Guarding;

    /// <param name="Contracts">Past ones too, in the order they were signed; one that was ended early ends on that day.</param>
    /// <param name="Guards">Those who left too.</param>
    public sealed record Kept(Guid VenueId, IReadOnlyList<SecurityContract> Contracts, IReadOnlyList<RosteredGuard> Guards) : Guarding
    {
        /// <summary>Under which the number of the guards' post stands in the vault; null where none was named.</summary>
        public Guid? TelephoneId { get; init; }

        public SecurityContract? ContractOn(DateOnly day) => Contracts.LastOrDefault(c => c.HoldsOn(day));

        public RosteredGuard? Guard(Guid guardId) => Guards.FirstOrDefault(g => g.GuardId == guardId);
    }

    public static readonly Decider<Guarding, GuardingCommand, GuardingEvent> Decider = new("guarding", new Unknown(), Decide, Evolve);

    static Decision<GuardingEvent> Decide(Guarding state, GuardingCommand command) => (state, command) switch
    {
        (_, GuardingCommand.SignContract(var c, _, var today)) when GuardingFaults.Of(c, today) is { } fault => fault,
        (_, GuardingCommand.RecordLicence(_, var licence, var today)) when GuardingFaults.Of(licence, "licence", today) is { } fault => fault,
        (_, GuardingCommand.Roster(_, var until, var today)) when GuardingFaults.Far(until, today, "certificateUntil") is { } fault => fault,
        (_, GuardingCommand.RecordCertificate(_, var until, var today)) when GuardingFaults.Far(until, today, "certificateUntil") is { } fault => fault,

        (Unknown, GuardingCommand.SignContract(var c, var venue, _)) => [new GuardingEvent.ContractSigned(venue, c)],
        (Kept kept, GuardingCommand.SignContract(var c, _, _)) => kept.Contracts.FirstOrDefault(k => k.ContractId == c.ContractId) is { } known
            ? known == c ? [] : new Refusal("guarding.contract-taken", "This id belongs to another contract.")
            : kept.Contracts.Any(k => k.From <= c.Until && c.From <= k.Until)
                ? new Refusal("guarding.contract-running", "Another contract holds on some of these days: end it first.")
                : [new GuardingEvent.ContractSigned(kept.VenueId, c)],
        (Kept kept, GuardingCommand.RecordLicence(var id, var licence, _)) => kept.Contracts.FirstOrDefault(k => k.ContractId == id) switch
        {
            null => NoContract,
            var known when known.Licence == licence => [],
            _ => [new GuardingEvent.LicenceRecorded(kept.VenueId, id, licence)],
        },
        (Kept kept, GuardingCommand.EndContract(var id, var on)) => kept.Contracts.FirstOrDefault(k => k.ContractId == id) switch
        {
            null => NoContract,
            { From: var from } when on < from => Backward("on"),
            { Until: var until } when until <= on => [],
            _ => [new GuardingEvent.ContractEnded(kept.VenueId, id, on)],
        },

        (Kept kept, GuardingCommand.Roster(var id, var until, _)) => kept.Guard(id) switch
        {
            null => [new GuardingEvent.GuardRostered(kept.VenueId, id, kept.Guards.Count + 1, until)],
            { Until: not null } => new Refusal("guarding.guard-gone", "This guard has left the roster: enter them anew."),
            var known when known.CertificateUntil == until => [],
            _ => [new GuardingEvent.CertificateRecorded(kept.VenueId, id, until)],
        },
        (Kept kept, GuardingCommand.RecordCertificate(var id, var until, _)) => kept.Standing(id) switch
        {
            null => NoGuard,
            var known when known.CertificateUntil == until => [],
            _ => [new GuardingEvent.CertificateRecorded(kept.VenueId, id, until)],
        },
        (Kept kept, GuardingCommand.GivePin(var id)) => kept.Standing(id) switch
        {
            null => NoGuard,
            { HasOwnPin: false } => [],
            _ => [new GuardingEvent.PinGiven(kept.VenueId, id)],
        },
        (Kept kept, GuardingCommand.ChoosePin(var id)) => kept.Standing(id) switch
        {
            null => NoGuard,
            { HasOwnPin: true } => [],
            _ => [new GuardingEvent.PinChosen(kept.VenueId, id)],
        },
        (Kept kept, GuardingCommand.RemoveGuard(var id, var on)) => kept.Guard(id) switch
        {
            null => NoGuard,
            { Until: not null } => [],
            _ => [new GuardingEvent.GuardRemoved(kept.VenueId, id, on)],
        },

        // A venue may guard itself: its post needs no firm to be reached.
        (Kept { TelephoneId: var known }, GuardingCommand.NamePostTelephone n) when known == n.TelephoneId => [],
        (_, GuardingCommand.NamePostTelephone(var venue, var id)) => [new GuardingEvent.PostTelephoneNamed(venue, id)],
        (Kept { TelephoneId: { } named } kept, GuardingCommand.RemovePostTelephone) => [new GuardingEvent.PostTelephoneRemoved(kept.VenueId, named)],
        (_, GuardingCommand.RemovePostTelephone) => [],

        (Unknown, GuardingCommand.Roster) => new Refusal("guarding.contract-missing", "Write down the contract with the security firm first: guards come from it."),
        (Unknown, GuardingCommand.RecordLicence or GuardingCommand.EndContract) => NoContract,
        (Unknown, _) => NoGuard,
        _ => throw new UnreachableException(),
    };

    /// <summary>What becomes of it by one more fact; the view of the page keeps the same.</summary>
    public static Guarding Evolve(Guarding state, GuardingEvent fact)
    {
        var kept = state as Kept ?? new(fact.VenueId, [], []);
        return fact switch
        {
            GuardingEvent.ContractSigned f => kept with { Contracts = [.. kept.Contracts, f.Contract] },
            GuardingEvent.LicenceRecorded f => kept with { Contracts = [.. kept.Contracts.Select(c => c.ContractId == f.ContractId ? c with { Licence = f.Licence } : c)] },
            GuardingEvent.ContractEnded f => kept with { Contracts = [.. kept.Contracts.Select(c => c.ContractId == f.ContractId ? c with { Until = f.On } : c)] },
            GuardingEvent.GuardRostered f => kept with { Guards = [.. kept.Guards, new(f.GuardId, f.Number, f.CertificateUntil, null, false)] },
            GuardingEvent.CertificateRecorded f => kept.Now(f.GuardId, g => g with { CertificateUntil = f.CertificateUntil }),
            GuardingEvent.PinGiven f => kept.Now(f.GuardId, g => g with { HasOwnPin = false }),
            GuardingEvent.PinChosen f => kept.Now(f.GuardId, g => g with { HasOwnPin = true }),
            GuardingEvent.GuardRemoved f => kept.Now(f.GuardId, g => g with { Until = f.On }),
            GuardingEvent.PostTelephoneNamed f => kept with { TelephoneId = f.TelephoneId },
            GuardingEvent.PostTelephoneRemoved => kept with { TelephoneId = null },
            _ => state,
        };
    }

    static readonly Refusal NoContract = new("guarding.contract-unknown", "No such contract.");
    static readonly Refusal NoGuard = new("guarding.guard-unknown", "Nobody of that kind is on the roster.");

    static Refusal Backward(string field) => new("guarding.dates-backward", "The end lies before the beginning.", field);
}

static class Rosters
{
    public static RosteredGuard? Standing(this Guarding.Kept kept, Guid guardId) => kept.Guard(guardId) is { Until: null } guard ? guard : null;

    public static Guarding.Kept Now(this Guarding.Kept kept, Guid guardId, Func<RosteredGuard, RosteredGuard> change) =>
        kept with { Guards = [.. kept.Guards.Select(g => g.GuardId == guardId ? change(g) : g)] };
}

/// <summary>What is wrong with a contract, field by field; the first stands for all in the refusal's code.</summary>
static class GuardingFaults
{
    const int Longest = 120;

    /// <summary>No paper of a guard or of a firm runs longer ahead: what does is mistyped.</summary>
    const int MostYears = 10;

    const int EarliestYear = 2000;

    public static Refusal? Far(DateOnly day, DateOnly today, string field) =>
        day.Year < EarliestYear || day > today.AddYears(MostYears)
            ? new Refusal("guarding.date-far", $"A date lies between {EarliestYear} and {MostYears} years from now.", field) : null;

    public static Refusal? Of(SecurityContract c, DateOnly today) =>
        ((Refusal?[])[Blank(c.Firm, "contract.firm"), InBin(c.Bin), Blank(c.Document, "contract.document"), Of(c.Licence, "contract.licence", today), Far(c.From, today, "contract.from"), Far(c.Until, today, "contract.until"),
            c.Until < c.From ? new("guarding.dates-backward", "The end lies before the beginning.", "contract.until") : null])
        .OfType<Refusal>().ToArray() is [var first, .. var others] ? first with { Others = others } : null;

    public static Refusal? Of(FirmLicence licence, string at, DateOnly today) =>
        Blank(licence.Number, $"{at}.number")
        ?? (licence.Subtype is "1" or "2" ? null : new Refusal("guarding.subtype-foreign", "A security licence has the subtype 1 or 2.", $"{at}.subtype"))
        ?? Far(licence.Until, today, $"{at}.until");

    /// <summary>Security is sold by legal entities only (source K60).</summary>
    static Refusal? InBin(string bin) =>
        !Bin.HasTwelveDigits(bin) || !Bin.HasItsControlDigit(bin) ? new("guarding.bin-malformed", "A business identification number (BIN) has 12 digits, the last of which fits the others.", "contract.bin")
        : Bin.IsOfAPerson(bin) ? new("guarding.firm-a-person", "Only a legal entity may sell security: this number is a person's.", "contract.bin") : null;

    static Refusal? Blank(string text, string field) =>
        text.Trim().Length is 0 or > Longest ? new("guarding.paper-incomplete", $"Firm, document and licence number are written down, each in up to {Longest} signs.", field) : null;
}
