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
        Foreign = new("guarding.guard-foreign", "This id belongs to somebody else."),
        Another = new("guard.another-person", "Another name or certificate is another guard: take this one off the roster and enter the other anew."),
        Own = new("guard.pin-own", "The guard has chosen his own PIN since: ask for a new one.");

    /// <summary>The PIN is answered once, to the knock that entered the guard; a lost one is given anew.</summary>
    public static async Task<IResult> Enter(Guid venueId, Guid guardId, GuardForm body, Knock knock, Persons persons, GuardPapers papers, GuardPins pins, Posts posts)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || string.IsNullOrWhiteSpace(body.Certificate)) return Problems.Of(Nameless);
        var (state, _, _) = await knock.Log.Load(Guarding.Decider, new("guarding", venueId), knock.Ct);
        var (key, _, _) = await knock.Log.Load(SubjectKey.Decider, new("subject", guardId), knock.Ct);
        // Nobody writes over the name of a person whom he only knows the id of.
        if (key is not SubjectKey.Unknown && (state as Guarding.Kept)?.Guard(guardId) is null) return Problems.Of(Foreign);
        if ((state as Guarding.Kept)?.Guard(guardId) is { } known && IsAnother(body, known, papers.Find(guardId))) return Problems.Of(Another);
        var entered = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.Roster(guardId, body.CertificateUntil, posts.Today));
        if (!entered.IsDone) return entered;
        if ((await persons.Enrol(new(guardId, body.Name.Trim(), null), knock.Origin, knock.Ct)).Refusal is { } forgotten) return Problems.Of(forgotten);
        papers.Put(guardId, body.Certificate);
        return pins.Has(guardId) ? entered : await Told(venueId, guardId, knock, pins) ?? entered;
    }

    public static async Task<IResult> NewPin(Guid venueId, Guid guardId, Knock knock, GuardPins pins)
    {
        var given = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.GivePin(guardId));
        return given.IsDone ? await Told(venueId, guardId, knock, pins) ?? Problems.Of(Own) : given;
    }

    public static Task<Answer> Certificate(Guid venueId, Guid guardId, GuardingCommand.RecordCertificate body, Knock knock, Posts posts) =>
        body.GuardId == guardId ? knock.Send(Guarding.Decider, venueId, body with { Today = posts.Today }) : Task.FromResult<Answer>(Problems.OtherId("guardId"));

    /// <summary>Whoever left checks in no more; the name stays as long as the book is kept.</summary>
    public static async Task<Answer> Remove(Guid venueId, Guid guardId, Knock knock, GuardPins pins, Posts posts)
    {
        var removed = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.RemoveGuard(guardId, posts.Today));
        if (removed.IsDone) pins.Erase(guardId);
        return removed;
    }

    /// <summary>A renewed certificate has a new last day, and that is a fact; a name, or a number alone, is not replaced without one.</summary>
    static bool IsAnother(GuardForm form, RosteredGuard known, GuardPerson person) =>
        (person.Name is { } name && name != form.Name.Trim())
        || (person.Certificate is { } certificate && certificate != form.Certificate.Trim() && form.CertificateUntil <= known.CertificateUntil);

    /// <summary>Only a guard who has no PIN of his own gets one: a command told again later takes none over.</summary>
    static async Task<IResult?> Told(Guid venueId, Guid guardId, Knock knock, GuardPins pins)
    {
        var (state, _, _) = await knock.Log.Load(Guarding.Decider, new("guarding", venueId), knock.Ct);
        return (state as Guarding.Kept)?.Guard(guardId) is { Until: null, HasOwnPin: false } guard
            ? TypedResults.Ok(new GuardPin(guardId, guard.Number, pins.Give(guardId))) : null;
    }
}
