using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Inspections;

/// <summary>Facts about one check of one venue against one version of one rulebook.</summary>
public abstract record InspectionEvent(Guid InspectionId, Guid VenueId)
{
    /// <param name="Day">The day it is planned for.</param>
    /// <param name="Body">The state body that checks; empty for the owner's own check.</param>
    /// <param name="Basis">On what ground it is held: the plan, an order, a complaint by its number; empty for the owner's own check.</param>
    /// <param name="Walkers">Who may walk it: the officers named, or the person of the venue; of an officers' visit nobody, until an inspector takes it.</param>
    [EventName("inspection.scheduled.v1")]
    public sealed record Scheduled(
        Guid InspectionId, Guid VenueId, InspectionKind Kind, DateOnly Day, string Rulebook, string Body, string Basis, IReadOnlyList<Guid> Walkers)
        : InspectionEvent(InspectionId, VenueId);

    /// <summary>It is held to verify what an act ordered.</summary>
    /// <param name="ActId">The inspection that ended in that act.</param>
    /// <param name="Rules">What it ordered to be put right, by rule.</param>
    /// <param name="Because">The fact that called for it; null where a person planned it.</param>
    [EventName("inspection.orders-to-verify.v2")]
    public sealed record OrdersToVerify(Guid InspectionId, Guid VenueId, Guid ActId, IReadOnlyList<string> Rules, Guid? Because = null) : InspectionEvent(InspectionId, VenueId);

    /// <summary>An order of the earlier act was looked at again.</summary>
    /// <param name="Remark">What was found; of a mended one the number of the check.</param>
    [EventName("inspection.order-checked.v1")]
    public sealed record OrderChecked(Guid InspectionId, Guid VenueId, Guid ActId, string RuleId, bool Mended, string Remark) : InspectionEvent(InspectionId, VenueId);

    /// <summary>A visit that named nobody has its inspector.</summary>
    [EventName("inspection.taken.v1")]
    public sealed record Taken(Guid InspectionId, Guid VenueId, Guid SubjectId) : InspectionEvent(InspectionId, VenueId);

    /// <param name="Number">Under which the state registered the check.</param>
    [EventName("inspection.check-registered.v1")]
    public sealed record CheckRegistered(Guid InspectionId, Guid VenueId, string Number) : InspectionEvent(InspectionId, VenueId);

    /// <param name="Hash">SHA-256 of the rulebook's text: the list follows from it and from what was known, so no text is copied.</param>
    [EventName("inspection.started.v1")]
    public sealed record Started(Guid InspectionId, Guid VenueId, string Rulebook, string Version, string Hash, DateTimeOffset At)
        : InspectionEvent(InspectionId, VenueId);

    /// <summary>What the walk says of one rule now; told again, it replaces what was told before.</summary>
    /// <param name="Verdict">Null: the values speak for themselves.</param>
    /// <param name="Remark">An officer's official words; an owner's own check has none.</param>
    [EventName("inspection.item-recorded.v1")]
    public sealed record ItemRecorded(
        Guid InspectionId, Guid VenueId, string RuleId, Found? Verdict, IReadOnlyList<Statement> Statements, IReadOnlyList<Listing> Listings,
        string? Remark, NoPhoto? NoPhoto) : InspectionEvent(InspectionId, VenueId);

    [EventName("inspection.photo-attached.v1")]
    public sealed record PhotoAttached(Guid InspectionId, Guid VenueId, Photo Photo) : InspectionEvent(InspectionId, VenueId);

    /// <param name="Content">Exactly what was signed, the measured part included; null of a signature older than that.</param>
    [EventName("inspection.signed.v2")]
    public sealed record Signed(Guid InspectionId, Guid VenueId, Guid SubjectId, Signatory As, SignedContent? Content) : InspectionEvent(InspectionId, VenueId);

    /// <param name="Content">What was not signed; null of a refusal older than that.</param>
    [EventName("inspection.signature-refused.v2")]
    public sealed record SignatureRefused(Guid InspectionId, Guid VenueId, WhyUnsigned Because, SignedContent? Content) : InspectionEvent(InspectionId, VenueId);

    [EventName("inspection.act-issued.v1")]
    public sealed record ActIssued(Guid InspectionId, Guid VenueId, string Rulebook, string Version, string Hash, IReadOnlyList<Finding> Findings)
        : InspectionEvent(InspectionId, VenueId);

    [EventName("inspection.self-check-completed.v1")]
    public sealed record SelfCheckCompleted(Guid InspectionId, Guid VenueId, Guid SubjectId) : InspectionEvent(InspectionId, VenueId);

    [EventName("inspection.cancelled.v1")]
    public sealed record Cancelled(Guid InspectionId, Guid VenueId, string Reason) : InspectionEvent(InspectionId, VenueId);
}

public abstract record InspectionCommand
{
    public sealed record Schedule(
        Guid InspectionId, Guid VenueId, InspectionKind Kind, DateOnly Day, string Rulebook, string Body, string Basis, IReadOnlyList<Guid> Walkers) : InspectionCommand;
    /// <summary>Planned to verify the orders of an act; planned again it stays as it is.</summary>
    public sealed record ReInspect(
        Guid InspectionId, Guid VenueId, DateOnly Day, string Rulebook, string Body, string Basis, Guid ActId, IReadOnlyList<string> Rules, IReadOnlyList<Guid> Walkers,
        Guid? Because = null) : InspectionCommand;
    public sealed record Take(Guid SubjectId) : InspectionCommand;
    public sealed record RegisterCheck(string Number) : InspectionCommand;
    public sealed record Start(string Rulebook, string Version, string Hash, DateTimeOffset At) : InspectionCommand;
    public sealed record RecordItem(
        string RuleId, Found? Verdict, IReadOnlyList<Statement> Statements, IReadOnlyList<Listing> Listings, string? Remark, NoPhoto? NoPhoto) : InspectionCommand;
    public sealed record AttachPhoto(Photo Photo) : InspectionCommand;
    /// <param name="List">As it stood at <paramref name="MeasuredAt"/> with everything recorded.</param>
    public sealed record Sign(Guid SubjectId, Signatory As, Checklist List, DateTimeOffset MeasuredAt) : InspectionCommand;
    public sealed record RefuseSignature(WhyUnsigned Because, Checklist List, DateTimeOffset MeasuredAt) : InspectionCommand;

    /// <param name="List">As it stands with everything recorded.</param>
    /// <param name="Day">From which deadlines run.</param>
    public sealed record IssueAct(Checklist List, DateOnly Day) : InspectionCommand;
    public sealed record CompleteSelfCheck(Checklist List, Guid SubjectId) : InspectionCommand;
    public sealed record Cancel(string Reason) : InspectionCommand;

    /// <summary>What it was planned for is decided otherwise: one that has not begun is cancelled.</summary>
    public sealed record CallOff(string Reason) : InspectionCommand;
}

/// <summary>
/// A check is planned, registered with the state, started on one version of the list, walked item by item, signed or refused, and
/// ends in an act. The owner's own check walks the same list and ends without one. What changes after a signature must be signed anew.
/// </summary>
public abstract record Inspection
{
    public const int MostPhotos = 200;

    /// <summary>What a re-inspection verifies; null of every other check.</summary>
    public InspectionEvent.OrdersToVerify? Orders { get; init; }

    public sealed record Unknown : Inspection;

    /// <param name="Number">Null until the state has registered the check.</param>
    public sealed record Planned(InspectionEvent.Scheduled Card, string? Number) : Inspection;

    /// <param name="Items">The latest word on each rule, in the order these were said.</param>
    public sealed record Running(
        InspectionEvent.Scheduled Card, string? Number, InspectionEvent.Started Start, IReadOnlyList<InspectionEvent.ItemRecorded> Items,
        IReadOnlyList<Photo> Photos, IReadOnlyList<InspectionEvent.Signed> Signatures, WhyUnsigned? Refused) : Inspection
    {
        /// <summary>What was put before both sides to sign; null before anybody did, and after something changed.</summary>
        public SignedContent? Content { get; init; }

        /// <summary>Whether a list, read again, is the one that was signed; null where nobody has signed, or no content was named.</summary>
        public bool? Holds(Checklist list) => Content?.IsOf(this, list);

        public InspectionEvent.ItemRecorded? Item(string ruleId) => Items.FirstOrDefault(item => item.RuleId == ruleId);
        public bool SignedAs(Signatory who) => Signatures.Any(s => s.As == who);
    }

    /// <param name="Findings">Of the act; empty for the owner's own check, which has none.</param>
    public sealed record Done(Running Walk, IReadOnlyList<Finding> Findings) : Inspection;
    public sealed record Dropped(InspectionEvent.Scheduled Card, string Reason) : Inspection;

    public static readonly Decider<Inspection, InspectionCommand, InspectionEvent> Decider = new("inspection", new Unknown(), Decide, Evolve);

    static Decision<InspectionEvent> Decide(Inspection state, InspectionCommand command) => (state, command) switch
    {
        (_, InspectionCommand.Schedule c) when InspectionFaults.Of(c) is { } fault => fault,
        (_, InspectionCommand.RegisterCheck c) when InspectionFaults.Of(c) is { } fault => fault,
        (_, InspectionCommand.RecordItem c) when InspectionFaults.Of(c) is { } fault => fault,
        (_, InspectionCommand.AttachPhoto c) when InspectionFaults.Of(c.Photo) is { } fault => fault,
        (_, InspectionCommand.Cancel c) when InspectionFaults.Of(c) is { } fault => fault,

        (Unknown, InspectionCommand.Schedule(var id, var venue, var kind, var day, var book, var body, var basis, var walkers)) =>
            [new InspectionEvent.Scheduled(id, venue, kind, day, book, body, basis, walkers)],
        (Unknown, InspectionCommand.ReInspect c) =>
        [
            new InspectionEvent.Scheduled(c.InspectionId, c.VenueId, InspectionKind.ReInspection, c.Day, c.Rulebook, c.Body, c.Basis, c.Walkers),
            new InspectionEvent.OrdersToVerify(c.InspectionId, c.VenueId, c.ActId, c.Rules, c.Because),
        ],
        (_, InspectionCommand.ReInspect) => [],
        (Planned(var card, _), InspectionCommand.CallOff(var reason)) => [new InspectionEvent.Cancelled(card.InspectionId, card.VenueId, reason)],
        (_, InspectionCommand.CallOff) => [],
        (Unknown, _) => new Refusal("inspection.unknown", "No such inspection."),
        (_, InspectionCommand.Schedule again) => Same(CardOf(state), again) ? [] : new Refusal("inspection.already-scheduled", "This id belongs to another inspection."),

        (Dropped, InspectionCommand.Cancel) => [],
        (Dropped, _) => new Refusal("inspection.cancelled", "The inspection has been cancelled."),

        (_, InspectionCommand.Take(var subject)) when CardOf(state).Walkers.Contains(subject) => [],
        (Planned({ Walkers: [], Kind: not InspectionKind.SelfCheck } card, _), InspectionCommand.Take(var subject)) =>
            [new InspectionEvent.Taken(card.InspectionId, card.VenueId, subject)],
        (_, InspectionCommand.Take) => new Refusal("inspection.taken", "Somebody walks this visit already."),

        (Planned({ Kind: InspectionKind.SelfCheck }, _), InspectionCommand.RegisterCheck) => new Refusal("inspection.self-check", "The owner's own check is not registered with the state."),
        (Planned(var card, var number), InspectionCommand.RegisterCheck(var told)) => number switch
        {
            null => [new InspectionEvent.CheckRegistered(card.InspectionId, card.VenueId, told)],
            _ when number == told => [],
            _ => new Refusal("inspection.registered-already", "The check is registered under another number."),
        },
        (Planned({ Kind: not InspectionKind.SelfCheck }, null), InspectionCommand.Start) =>
            new Refusal("inspection.not-registered", "Without the registration number of the check nobody may begin it."),
        (Planned({ Rulebook: var planned }, _), InspectionCommand.Start(var book, _, _, _)) when book != planned =>
            new Refusal("inspection.rulebook-other", "It was planned on another rulebook.", "rulebook"),
        (Planned(var card, _), InspectionCommand.Start(var book, var version, var hash, var at)) =>
            [new InspectionEvent.Started(card.InspectionId, card.VenueId, book, version, hash, at)],
        (Planned(var card, _), InspectionCommand.Cancel(var reason)) => [new InspectionEvent.Cancelled(card.InspectionId, card.VenueId, reason)],
        (Planned, _) => new Refusal("inspection.not-started", "The inspection has not begun."),

        (Running or Done, InspectionCommand.Start) => [],
        (Running { Number: var number }, InspectionCommand.RegisterCheck(var told)) when number == told => [],
        (Running, InspectionCommand.RegisterCheck) => new Refusal("inspection.registered-already", "The check is registered under another number."),
        (Running walk, InspectionCommand.RecordItem item) => walk.Record(item),
        (Running walk, InspectionCommand.AttachPhoto(var photo)) => walk.Attach(photo),
        (Running walk, InspectionCommand.Sign sign) => walk.Sign(sign),
        (Running walk, InspectionCommand.RefuseSignature refuse) => walk.Refuse(refuse),
        (Running walk, InspectionCommand.IssueAct(var list, var day)) => walk.Issue(list, day),
        (Running walk, InspectionCommand.CompleteSelfCheck(var list, var subject)) => walk.Complete(list, subject),
        (Running { Card: var card }, InspectionCommand.Cancel(var reason)) => [new InspectionEvent.Cancelled(card.InspectionId, card.VenueId, reason)],

        (Done({ Card.Kind: not InspectionKind.SelfCheck }, _), InspectionCommand.IssueAct) => [],
        (Done({ Card.Kind: InspectionKind.SelfCheck }, _), InspectionCommand.CompleteSelfCheck) => [],
        (Done, _) => new Refusal("inspection.over", "The inspection is over; what it found stands."),
        _ => throw new UnreachableException(),
    };

    static Inspection Evolve(Inspection state, InspectionEvent fact) => Next(state, fact) with { Orders = fact as InspectionEvent.OrdersToVerify ?? state.Orders };

    static Inspection Next(Inspection state, InspectionEvent fact) => (state, fact) switch
    {
        (_, InspectionEvent.Scheduled card) => new Planned(card, null),
        (Planned planned, InspectionEvent.CheckRegistered f) => planned with { Number = f.Number },
        (Planned p, InspectionEvent.Taken f) => p with { Card = p.Card with { Walkers = [f.SubjectId] } },
        (Planned(var card, var number), InspectionEvent.Started f) => new Running(card, number, f, [], [], [], null),
        (Running walk, InspectionEvent.ItemRecorded f) =>
            walk with { Items = [.. walk.Items.Where(i => i.RuleId != f.RuleId), f], Signatures = [], Refused = null, Content = null },
        (Running walk, InspectionEvent.PhotoAttached f) => walk with { Photos = [.. walk.Photos, f.Photo], Signatures = [], Refused = null, Content = null },
        (Running walk, InspectionEvent.Signed f) => walk with
        {
            Signatures = [.. walk.Signatures.Where(s => s.As != f.As && walk.IsStill(f.Content)), f],
            Refused = f.As == Signatory.Venue || !walk.IsStill(f.Content) ? null : walk.Refused, Content = f.Content,
        },
        (Running walk, InspectionEvent.SignatureRefused f) => walk with { Signatures = [.. walk.Signatures.Where(_ => walk.IsStill(f.Content))], Refused = f.Because, Content = f.Content },
        (Running walk, InspectionEvent.ActIssued f) => new Done(walk, f.Findings),
        (Running walk, InspectionEvent.SelfCheckCompleted) => new Done(walk, []),
        (_, InspectionEvent.Cancelled f) => new Dropped(CardOf(state), f.Reason),
        _ => state,
    };

    public static InspectionEvent.Scheduled CardOf(Inspection state) => state switch
    {
        Planned(var card, _) => card,
        Running walk => walk.Card,
        Done(var walk, _) => walk.Card,
        Dropped(var card, _) => card,
        _ => throw new UnreachableException(),
    };

    static bool Same(InspectionEvent.Scheduled card, InspectionCommand.Schedule again) =>
        (card.InspectionId, card.VenueId, card.Kind, card.Day, card.Rulebook, card.Body, card.Basis)
            == (again.InspectionId, again.VenueId, again.Kind, again.Day, again.Rulebook, again.Body, again.Basis)
        && (again.Walkers.Count == 0 || card.Walkers.SequenceEqual(again.Walkers));
}
