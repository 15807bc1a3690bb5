using Compliance.Api.Entrance;
using Compliance.Api.Subjects;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Guards;

/// <summary>The guards of a venue: entered by name, given a number and a first PIN, and taken off when they leave.</summary>
static class Roster
{
    static readonly Refusal Nameless = new("guarding.name-missing", "A guard has a name and a certificate with a number.", "name"),
        Foreign = new("guarding.guard-foreign", "This id belongs to somebody else.");

    /// <summary>The PIN is answered once, to the knock that entered the guard; a lost one is given anew.</summary>
    public static async Task<IResult> Enter(Guid venueId, Guid guardId, GuardForm body, Knock knock, Persons persons, GuardPapers papers, GuardPins pins)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || string.IsNullOrWhiteSpace(body.Certificate)) return Problems.Of(Nameless);
        var (state, _, _) = await knock.Log.Load(Guarding.Decider, new("guarding", venueId), knock.Ct);
        var (key, _, _) = await knock.Log.Load(SubjectKey.Decider, new("subject", guardId), knock.Ct);
        // Nobody writes over the name of a person whom he only knows the id of.
        if (key is not SubjectKey.Unknown && (state as Guarding.Kept)?.Guard(guardId) is null) return Problems.Of(Foreign);
        var entered = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.Roster(guardId, body.CertificateUntil));
        if (!entered.IsDone) return entered;
        if ((await persons.Enrol(new(guardId, body.Name.Trim(), null), knock.Origin, knock.Ct)).Refusal is { } forgotten) return Problems.Of(forgotten);
        papers.Put(guardId, body.Certificate);
        return pins.Has(guardId) ? entered : await Told(venueId, guardId, knock, pins);
    }

    public static async Task<IResult> NewPin(Guid venueId, Guid guardId, Knock knock, GuardPins pins)
    {
        var given = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.GivePin(guardId));
        return given.IsDone ? await Told(venueId, guardId, knock, pins) : given;
    }

    public static Task<Answer> Certificate(Guid venueId, Guid guardId, GuardingCommand.RecordCertificate body, Knock knock) =>
        body.GuardId == guardId ? knock.Send(Guarding.Decider, venueId, body) : Task.FromResult<Answer>(Problems.OtherId("guardId"));

    /// <summary>Whoever left checks in no more; the name stays as long as the book is kept.</summary>
    public static async Task<Answer> Remove(Guid venueId, Guid guardId, Knock knock, GuardPins pins, Posts posts)
    {
        var removed = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.RemoveGuard(guardId, posts.Today));
        if (removed.IsDone) pins.Erase(guardId);
        return removed;
    }

    static async Task<IResult> Told(Guid venueId, Guid guardId, Knock knock, GuardPins pins)
    {
        var (state, _, _) = await knock.Log.Load(Guarding.Decider, new("guarding", venueId), knock.Ct);
        return TypedResults.Ok(new GuardPin(guardId, ((Guarding.Kept)state).Guard(guardId)!.Number, pins.Give(guardId)));
    }
}
