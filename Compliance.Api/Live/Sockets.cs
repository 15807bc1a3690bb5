using System.Net.WebSockets;

namespace Compliance.Api.Live;

/// <summary>How a WebSocket is closed so that the other side learns why: what is being read is never cancelled, for that would tear the line instead (RFC 6455, 7.1).</summary>
static class Sockets
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="reading">Ends when the other side has said goodbye too.</param>
    public static async Task Close(WebSocket socket, int code, string why, Task reading)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, why, patience.Token);
            await reading.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Then it is closed without a word.
        }
    }
}
