using System.Net.WebSockets;
using Compliance.Api.Entrance;
using Compliance.Api.EventLog;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Live;

/// <summary>
/// A screen comes with its ticket, gets the camera's access units as they are, and goes dark when the session ends. What it was sent is written down from the first picture to the last.
/// </summary>
sealed class Watch(LiveTickets tickets, LiveSessions sessions, LiveRelay relay, IEventLog log, TimeProvider clock)
{
    /// <summary>Close codes of our own (RFC 6455, 7.4.2): why the screen is dark.</summary>
    public const int SessionOver = 4001, CameraAway = 4002;

    const string Ticket = "ticket.";

    /// <summary>A session of hours is written down in pieces, so that a crash loses minutes.</summary>
    static readonly TimeSpan Piece = TimeSpan.FromMinutes(5);

    /// <summary>A screen that takes nothing for so long is gone.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Task Handle(HttpContext http, Watch watch, CancellationToken ct) => watch.Admit(http, ct);

    async Task Admit(HttpContext http, CancellationToken ct)
    {
        var protocols = http.WebSockets.WebSocketRequestedProtocols;
        var text = protocols.FirstOrDefault(p => p.StartsWith(Ticket, StringComparison.Ordinal));
        if (!http.WebSockets.IsWebSocketRequest || !protocols.Contains(LiveMessage.Protocol) || text is null)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "live.no-ticket", "This door takes a WebSocket with a ticket.").ExecuteAsync(http);
            return;
        }

        if (tickets.Take(text[Ticket.Length..], http.Request.Headers.Origin) is not { } ticket || await sessions.WhyNot(ticket.SessionId, ct) is not null)
        {
            await Problems.Of(StatusCodes.Status403Forbidden, "live.ticket-refused", "This ticket is not good here or not good any more: ask for another one.").ExecuteAsync(http);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(LiveMessage.Protocol);
        await Show(ticket, socket, ct);
    }

    async Task Show(LiveTicket ticket, WebSocket socket, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(AccessSession.Decider, new("access", ticket.SessionId), ct);
        if (state is not AccessSession.Running { Card: var card }) return;
        using var seat = await relay.Sit(card.VenueId, ticket.DeviceId, ct);
        var leaving = Left(socket, ct);
        if (seat is null)
        {
            await Sockets.Close(socket, CameraAway, "camera-away", leaving);
            return;
        }

        var (running, view) = (sessions.Enter(ticket.SessionId), new ViewOnScreen(ticket.SessionId, ticket.DeviceId));
        try
        {
            var sending = Send(seat, socket, view, running, ct);
            await Task.WhenAny(sending, leaving, running.Ended);
            seat.End();
            await sending.WaitAsync(Patience, ct);
            var over = running.Ended.IsCompleted ? await running.Ended : null;
            await Sockets.Close(socket, over is null ? CameraAway : SessionOver, over?.ToString() ?? "camera-away", leaving);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or TimeoutException)
        {
            // The screen went away, as screens do, or takes nothing any more.
        }
        finally
        {
            sessions.Leave(running);
            await Note(view);
        }
    }

    /// <summary>Of what waits nothing is sent once the session is over.</summary>
    async Task Send(LiveSeat seat, WebSocket socket, ViewOnScreen view, LiveSessions.Running running, CancellationToken ct)
    {
        await foreach (var message in seat.Messages(ct))
        {
            if (running.Ended.IsCompleted) return;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            await socket.SendAsync(message, WebSocketMessageType.Binary, true, patience.Token);
            view.Sent(clock.GetUtcNow());
            if (view.Length >= Piece) await Note(view, ofMany: true);
        }
    }

    /// <summary>A screen says nothing; what comes is its goodbye.</summary>
    static async Task Left(WebSocket socket, CancellationToken ct)
    {
        try
        {
            while ((await socket.ReceiveAsync(new byte[64], ct)).MessageType != WebSocketMessageType.Close)
            {
                // Nothing is asked of it.
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // It went without one.
        }
    }

    /// <param name="ofMany">More comes: what the log does not take now goes into the next piece.</param>
    async Task Note(ViewOnScreen view, bool ofMany = false)
    {
        if (view.Noted is not { } note) return;
        var command = new AccessCommand.NoteView(view.PieceId, view.DeviceId, note.From, note.To);
        try
        {
            await log.Execute(AccessSession.Decider, view.SessionId, command, new(command.ViewId, "reaction:note-what-was-shown"), CancellationToken.None);
            view.Begin();
        }
        catch (Exception e) when (ofMany && e is EventLogException or TimeoutException)
        {
            // The picture may go on only as long as that it did can be written: the end of the session is the same log's.
        }
    }

    /// <summary>From the first picture that was sent to the last; null while none was.</summary>
    sealed class ViewOnScreen(Guid sessionId, Guid deviceId)
    {
        DateTimeOffset? _from;
        DateTimeOffset _to;

        public Guid SessionId => sessionId;
        public Guid DeviceId => deviceId;
        public TimeSpan Length => _from is { } from ? _to - from : TimeSpan.Zero;

        public void Sent(DateTimeOffset at) => (_from, _to) = (_from ?? at, at);

        /// <summary>Not in the log yet; the same until it is.</summary>
        public (DateTimeOffset From, DateTimeOffset To)? Noted => _from is { } from ? (from, _to) : null;

        public Guid PieceId { get; private set; } = Guid.CreateVersion7();

        /// <summary>What was shown until now stands in the log.</summary>
        public void Begin() => (_from, PieceId) = (null, Guid.CreateVersion7());
    }
}
