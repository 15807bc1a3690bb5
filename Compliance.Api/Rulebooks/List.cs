using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>The rulebooks in force; one as it is written, so that anybody can check what an answer was given by; and the versions of one.</summary>
static class List
{
    static readonly Refusal Unknown = new("rulebook.unknown", "There is no such rulebook or version.");

    public static async Task<IResult> Handle(Library library, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var ids = RulebookShelf.Ids.Union((await views.All(RulebookRow.View, null, ct)).Select(row => row.Rulebook)).Order(StringComparer.Ordinal);
        var cards = new List<RulebookCard>();
        foreach (var id in ids)
            if (await library.InForce(id, clock.GetUtcNow(), ct) is { } bound) cards.Add(RulebookCard.Of(bound.Book, bound.Hash));
        return TypedResults.Ok(cards);
    }

    /// <param name="version">The one in force when it is not said.</param>
    public static async Task<IResult> Show(string rulebookId, string? version, Library library, TimeProvider clock, CancellationToken ct) =>
        Text(version is null ? await library.InForce(rulebookId, clock.GetUtcNow(), ct) : await library.Find(rulebookId, version, ct));

    public static async Task<IResult> Draft(string rulebookId, Library library, CancellationToken ct) => Text(await library.Draft(rulebookId, ct));

    /// <summary>Newest first; those the house was delivered with last. A draft is shown to those who may read it.</summary>
    public static async Task<IResult> Versions(string rulebookId, Caller? caller, IViewStore views, CancellationToken ct)
    {
        var row = await views.Find(RulebookRow.View, RulebookVersions.IdOf(rulebookId), ct);
        VersionLine[] written = [.. (row?.Versions ?? []).Where(line => line.State != VersionState.Draft || MayReadDrafts(caller))];
        var delivered = RulebookShelf.Deliveries(rulebookId).Where(d => written.All(v => v.Version != d.Book.Version)).Reverse()
            .Select(d => new VersionLine(d.Book.Version, d.Hash, VersionState.Published, d.Book.ValidFrom, d.Book.ValidUntil, d.Since)).ToArray();
        return written.Length + delivered.Length > 0
            ? TypedResults.Ok(new RulebookRow(RulebookVersions.IdOf(rulebookId), rulebookId, [.. written, .. delivered])) : Problems.Of(Unknown);
    }

    /// <summary>How two versions differ; <c>draft</c> is a version here.</summary>
    public static async Task<IResult> Diff(string rulebookId, string from, string to, Caller caller, Library library, CancellationToken ct) =>
        (from == "draft" || to == "draft") && !MayReadDrafts(caller) ? Results.StatusCode(StatusCodes.Status403Forbidden)
        : await library.FindOrDraft(rulebookId, from, ct) is { } one && await library.FindOrDraft(rulebookId, to, ct) is { } other
            ? TypedResults.Ok(RulebookDiff.Between(one.Text, other.Text)) : Problems.Of(Unknown);

    static bool MayReadDrafts(Caller? caller) => caller?.Is(Who.Authority | Who.Oversight) == true;

    static IResult Text(Bound? bound) => bound is null ? Problems.Of(Unknown) : TypedResults.Text(bound.Text, "application/json");
}
