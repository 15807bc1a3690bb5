using Compliance.Api.Devices;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Inspections;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Domain.Exports;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Exports;

/// <summary>A venue's whole file, to take along. That somebody takes it is a fact before the first byte leaves; that all of it left is another one.</summary>
sealed class WholeFile(FileStreams streams, FileDocuments documents, FileWriter writer, ExportRuns runs, TreeStore tree, TreeKeeper keeper, Addresses addresses, PhotoStore photos, StillStore stills, Venues.PlanPictures plans, TimeProvider clock)
{
    /// <summary>A head comes within a second of a fact; on a machine that is busy, later.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly Refusal Stranger = new("venuefile.not-yours", "Only those who answer for the venue as its owner, and officials who inspect, license and oversee, take its file along.");

    /// <param name="language">kk, ru or en; Kazakh when it is not said.</param>
    public static async Task<IResult> Take(Guid venueId, string? language, Knock knock, WholeFile file) =>
        Words.All.GetValueOrDefault(language ?? "kk") is { } words ? await file.Take(venueId, words, knock)
        : Problems.Of(new Refusal("report.language-unknown", Words.All["en"]["Problem_Language"], "language"));

    public static Task<Page<VenueFileRow>> List(Guid venueId, [AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(VenueFileRow.View, [venueId], paging.Size, paging.After, ct);

    /// <summary>The caller's own that are on their way.</summary>
    public static IReadOnlyList<VenueFileProgress> Running(Guid venueId, Caller caller, ExportRuns runs) => runs.Of(venueId, caller);

    public static IResult Stop(Guid venueId, Guid exportId, Caller caller, ExportRuns runs) =>
        runs.Of(venueId, caller).Any(run => run.ExportId == exportId) && runs.Stop(exportId, caller) ? Results.NoContent() : Problems.Of(new Refusal("request.unknown", "There is no such thing."));

    async Task<IResult> Take(Guid venueId, Words words, Knock knock)
    {
        if (await streams.ReaderOf(knock.Caller, venueId, knock.Ct) is not { } reader) return Problems.Of(Stranger);
        if (keeper.IsBroken) return Unsigned();
        var exportId = EventIds.From(knock.CommandId, $"venuefile/{venueId:N}/{knock.Caller.Actor}");
        var recorded = await knock.Log.Execute(VenueFile.Decider, exportId, new VenueFileCommand.Export(exportId, venueId, reader), knock.Origin, knock.Ct);
        try
        {
            await keeper.Covered(recorded.Position, knock.Ct).WaitAsync(Patience, knock.Ct);
        }
        catch (TimeoutException)
        {
            return Unsigned();
        }

        if (tree.LeafAt(recorded.Position) is not var (leaf, _) || tree.Covering(leaf) is not { } head) return Unsigned();
        var at = clock.GetUtcNow();
        var order = new FileOrder(
            exportId, venueId, at, words.Say("FileReadMe", words.Instant(at), exportId), head, await streams.Of(venueId, reader, knock.Ct),
            await documents.Of(venueId, reader, words.Language, knock.Ct), new(photos, stills, plans, reader, knock.Caller), await addresses.ReadableBy(knock.Caller, venueId, knock.Ct), await streams.Withheld(venueId, reader, knock.Ct));
        return Results.Stream(body => Send(body, order, knock), "application/zip", $"venue-{venueId:N}-{VenueZone.Day(at):yyyy-MM-dd}.zip");
    }

    /// <summary>What breaks off here breaks the connection: a file without its end is none, and every program says so.</summary>
    async Task Send(Stream body, FileOrder order, Knock knock)
    {
        using var run = runs.Begin(order.ExportId, order.VenueId, knock.Caller.Actor, knock.Ct);
        await using var counted = new CountedStream(body);
        var facts = await writer.Write(counted, order, run, run.Stopping);
        await counted.FlushAsync(knock.Ct);
        await knock.Then(VenueFile.Decider, order.ExportId, new VenueFileCommand.HandOver(facts, counted.Bytes, counted.Sha256()), "handed-over");
    }

    static IResult Unsigned() => Problems.Of(StatusCodes.Status503ServiceUnavailable, "log.unsigned", "The log signs nothing at the moment, and a file without proof is worth nothing: try again later.");
}
