using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Complaints;
using Compliance.Domain.Drills;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Changes;

/// <summary>
/// Which rows changed, as server-sent events, for a desk to ask for them anew: view, key and group, no content. An event's id
/// is its place in the log; a browser that comes back with Last-Event-ID misses nothing, or is told to start over (<c>reset</c>).
/// Where nothing is to be told, the stream says that it lives: every fifteen seconds as a comment, to the alert desk every two as
/// <c>event: beat</c>, which a page's own script can see, so that a desk knows within five seconds that it hears nothing.
/// </summary>
static class Stream
{
    static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15), DeskBeatEvery = TimeSpan.FromSeconds(2);

    public static async Task Handle(HttpContext http, Caller caller, ViewChanges changes, OwnVenues own, IViewStore views, Bearers bearers, Listeners listeners, TimeProvider clock, CancellationToken ct)
    {
        var last = (string?)http.Request.Headers["Last-Event-ID"] is { Length: > 0 } text
            ? LogPosition.TryParse(text, null, out var position) ? position : throw new Malformed("Last-Event-ID", "This id is not from here.")
            : (LogPosition?)null;
        var isDesk = caller.Is(Who.Operator | Who.Supervisor);
        var (every, beat) = isDesk ? (DeskBeatEvery, "event: beat\ndata: {}\n\n") : (HeartbeatEvery, ": still here\n\n");
        var (place, instead) = listeners.Sit(caller.Id, isDesk);
        using var _ = place;
        if (instead is not null)
        {
            await instead.ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var coming = changes.Since(last, listening.Token).GetAsyncEnumerator(listening.Token);
        var next = coming.MoveNextAsync().AsTask();
        var wrote = clock.GetTimestamp();
        try
        {
            await Write(": here\n\n");
            while (true)
            {
                if (clock.GetElapsedTime(wrote) >= every) await Write(beat);
                var isHere = await IsHere(next, every - clock.GetElapsedTime(wrote), clock, ct);
                if ((isHere && !await next) || await IsNoMore(caller, bearers, ct)) return;
                if (!isHere) await Write(beat);
                else
                {
                    if (coming.Current.IsReset || await MaySee(caller, coming.Current, own, views, ct)) await Write(coming.Current.View == DrillRow.View.Name && !coming.Current.IsReset ? await AsIncident(coming.Current, views, ct) : Text(coming.Current));
                    next = coming.MoveNextAsync().AsTask();
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The caller went away, as callers do.
        }
        finally
        {
            // An iterator may not be disposed while it is still being asked for its next.
            await listening.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task Write(string piece)
        {
            await http.Response.WriteAsync(piece, ct);
            await http.Response.Body.FlushAsync(ct);
            wrote = clock.GetTimestamp();
        }
    }

    /// <summary>Whoever was suspended or forgotten hears nothing more, also where nothing moves; and a role that was taken is asked for when the browser comes back.</summary>
    static async Task<bool> IsNoMore(Caller caller, Bearers bearers, CancellationToken ct) =>
        await bearers.SentAway(caller, ct) is not null || ((await bearers.StandingOf(caller.Id, ct)).Roles is { } held && caller.Roles.Any(role => !held.Contains(role)));

    /// <summary>False when a heartbeat is due first, which it is also where much changes of which this listener hears nothing.</summary>
    static async Task<bool> IsHere(Task next, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await next.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    static readonly string[] PoliceDesk = [
        AlertRow.View.Name, WaitingAlert.View.Name, LastAlert.View.Name, KeptClip.View.Name, IncidentCard.View.Name, VenueIncidents.View.Name, DeskHour.View.Name, AlertWeek.View.Name, DeskOutage.View.Name, UnblurredClip.View.Name];

    /// <summary>Whom police look for, where, and who was seen: nobody of a venue, and no other office, learns even that something moved.</summary>
    static readonly string[] WatchLists = [Domain.WatchLists.WatchEntryRow.View.Name, Domain.WatchLists.WatchOperationRow.View.Name, Domain.WatchLists.FaceCandidateRow.View.Name];

    /// <summary>What police ask of a venue's recordings.</summary>
    static readonly string[] Footage = [Domain.Footage.FootageRow.View.Name, Domain.Footage.KeptFootage.View.Name, Domain.Footage.FetchedRequest.View.Name];

    /// <summary>What models are worth, and which known clips boxes are shown: a venue that knew of one would know too much.</summary>
    static readonly string[] Models = [Domain.Models.ModelRow.View.Name, Domain.Models.ModelField.View.Name, Domain.KnownClips.KnownClipRow.View.Name, Domain.KnownClips.RecallMonth.View.Name];

    /// <summary>What the lists would show: an official everything (probes and complaints only those who list them), others their own venues and posts.</summary>
    static async Task<bool> MaySee(Caller caller, ViewChange change, OwnVenues own, IViewStore views, CancellationToken ct)
    {
        if (change.View == PersonPosts.View.Name) return change.Key == caller.Id;
        if (change.View == Domain.Rulebooks.RulebookRow.View.Name) return true;
        // Who is tried hears of a drill as of an incident; what desks made of theirs moves only once one is over.
        if (change.View == DrillRow.View.Name) return caller.Is(Drills.DrillDesk.Tried);
        if (change.View == DrillMonth.View.Name) return caller.Is(Who.Supervisor | Who.Authority | Who.Oversight);
        if (change.View == ProbeCard.View.Name) return caller.Is(Who.Administrator | Who.Authority | Who.Oversight);
        // Whom a complaint is about never learns of it: its id opens the complainant's own page.
        if (change.View == ComplaintRow.View.Name || change.View == ComplaintTally.View.Name)
            return caller.Is(Who.Inspector | Who.Operator | Who.Supervisor | Who.Authority | Who.Oversight);
        if (Models.Contains(change.View)) return caller.Is(Who.Authority | Who.Oversight);
        if (change.View == Domain.Webhooks.ReceiverRow.View.Name || change.View == Domain.Centres.CentreRow.View.Name) return caller.Is(Who.Supervisor | Who.Administrator | Who.Oversight);
        // What police ask for is between them, the venue and those who look on.
        if (Footage.Contains(change.View) && !caller.Is(Who.Owner | Who.Manager | Who.Operator | Who.Supervisor | Who.Oversight)) return false;
        // How police answer is told to nobody else before it is over.
        if (PoliceDesk.Contains(change.View) || WatchLists.Contains(change.View)) return caller.Is(Who.Operator | Who.Supervisor | Who.Oversight);
        if (change.View == DetectorHour.View.Name) return caller.Is(Who.Operator | Who.Supervisor | Who.Authority | Who.Oversight);
        if (change.View == PanicRow.View.Name) return change.Group is { } venue && await HearsOfPress(caller, venue, change.Key, own, views, ct);
        // That police looked is told to those who were watched, and to those who look on.
        if (change.View == Domain.Access.AccessRow.View.Name && !caller.Is(Who.Owner | Who.Manager | Who.Operator | Who.Supervisor | Who.Oversight)) return false;
        // The incident book is read by those who answer for the venue and those who check it.
        if (change.View == Domain.Guards.BookRow.View.Name && caller.Is(Who.Officials) && !caller.Is(Who.Inspector | Who.Authority | Who.Oversight)) return false;
        // A self-check is the owner's own until it is over.
        if (change.View == InspectionRow.View.Name && caller.Is(Who.Officials)
            && await views.Find(InspectionRow.View, change.Key, ct) is { Kind: InspectionKind.SelfCheck, Stage: not InspectionStage.Done }) return false;
        return await own.Of(caller, ct) is not { } mine || mine.Contains(change.Group ?? change.Key);
    }

    const Who ReadPresses = Who.Operator | Who.Supervisor | Who.Authority | Who.Oversight;

    /// <summary>As the page of the button has it: who answers for the venue hears of his own press, and of nothing else; what came of any is there to be read once it is over, and is announced to nobody before.</summary>
    static async Task<bool> HearsOfPress(Caller caller, Guid venue, Guid alert, OwnVenues own, IViewStore views, CancellationToken ct) =>
        (await own.Confidant(caller, Who.Nobody, ct))(venue)
            ? await views.Find(PanicRow.View, alert, ct) is { Judgement: null } row && row.By == caller.Id
            : caller.Is(ReadPresses);

    /// <summary>As the alert and the incident it would be.</summary>
    static async Task<string> AsIncident(ViewChange change, IViewStore views, CancellationToken ct) => await views.Find(DrillRow.View, change.Key, ct) is { } row
        ? Text(change with { View = AlertRow.View.Name, Key = row.Card.ShowingId }) + Text(change with { View = IncidentCard.View.Name }) : "";

    static string Text(ViewChange change) => change.IsReset
        ? $"id: {change.Position}\nevent: reset\ndata: {{}}\n\n"
        : $"id: {change.Position}\nevent: change\ndata: {JsonSerializer.Serialize(new { change.View, change.Key, change.Group }, EventCatalog.Json)}\n\n";
}
