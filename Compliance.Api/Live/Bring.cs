using System.Net.WebSockets;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Compliance.Api.Live;

/// <summary>A box waits here for a camera that somebody may look at, and brings its access units until nobody looks any more.</summary>
static class Bring
{
    /// <summary>One access unit of a camera at its worst.</summary>
    const int Longest = 4 << 20;

    /// <summary>A box that sends nothing for so long is away: a picture that stands is no live picture, nor is one that is kept for whoever comes next.</summary>
    static readonly TimeSpan Silent = TimeSpan.FromSeconds(5);

    public static async Task<Results<Ok<LiveWish>, NoContent>> Take(int? wait, Caller probe, LiveWishes wishes, CancellationToken ct) =>
        await wishes.Take(probe.Id, TimeSpan.FromSeconds(wait ?? 0), ct) is { } wish ? TypedResults.Ok(wish) : TypedResults.NoContent();

    public static async Task Handle(Guid wishId, HttpContext http, Caller probe, LiveRelay relay, CancellationToken ct)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "live.no-socket", "This door takes a WebSocket.").ExecuteAsync(http);
            return;
        }

        if (relay.Brought(wishId, probe.Id) is not { } camera)
        {
            await Problems.Of(StatusCodes.Status404NotFound, "live.unknown", "Nobody waits for that any more.").ExecuteAsync(http);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        try
        {
            camera.Came();
            await Publish(camera, socket, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The box is gone.
        }
        finally
        {
            relay.Over(camera);
        }
    }

    static async Task Publish(LiveCamera camera, WebSocket socket, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(Silent);
        var (silent, next) = (Task.Delay(Timeout.Infinite, silence.Token), Next(socket, ct));
        while (await Task.WhenAny(next, camera.Emptied, silent) == next && await next is { } message)
        {
            silence.CancelAfter(Silent);
            camera.Publish(message);
            next = Next(socket, ct);
        }

        await Sockets.Close(socket, (int)WebSocketCloseStatus.NormalClosure, "nobody looks", next);
    }

    /// <summary>The next message as a whole; null when the box closed, or sent what is no picture.</summary>
    static async Task<byte[]?> Next(WebSocket socket, CancellationToken ct)
    {
        var buffer = new byte[64 << 10];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
            if (read.MessageType != WebSocketMessageType.Binary) return null;
            length += read.Count;
            if (read.EndOfMessage) return length > LiveMessage.Header ? buffer[..length] : null;
            if (length == Longest) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(2 * buffer.Length, Longest));
        }
    }
}
